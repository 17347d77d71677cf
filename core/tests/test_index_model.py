"""The index against a model that says what it should answer in the plainest way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from core.index.documents import Clause, Document, Order, Query, Term
from core.index.sqlite import SqliteIndex

START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = ("deck", "kit", "map", "zoom", "dock", "mat")  # each is its own stem
NAMES = ("status", "tag")
VALUES = ("a", "b", "c")
FACETS = ("status", "tag")

moments = st.integers(0, 8).map(lambda hours: START + timedelta(hours=hours))
texts = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
terms = st.builds(Term, st.sampled_from(NAMES), st.sampled_from(VALUES), st.none() | moments, st.none() | moments)
documents = st.builds(
    Document,
    kind=st.sampled_from(("content", "course")),
    doc_id=st.integers(0, 9).map(str),
    title=texts,
    summary=texts,
    keywords=texts,
    body=texts,
    terms=st.lists(terms, max_size=5).map(tuple),
    updated_at=moments,
)
values = st.frozensets(st.sampled_from(VALUES))
narrowing = st.dictionaries(st.sampled_from(NAMES), values, max_size=2)
queries = st.builds(
    Query,
    allowed=st.lists(narrowing.map(Clause), max_size=2),
    now=moments,
    text=texts,
    kinds=st.frozensets(st.sampled_from(("content", "course")), max_size=1),
    filters=narrowing,
    without=st.dictionaries(st.sampled_from(NAMES), values, max_size=1),
    facets=st.just(FACETS),
    order=st.sampled_from(Order),
    limit=st.integers(1, 4),
)
steps = st.lists(st.lists(documents, min_size=1, max_size=4) | st.integers(0, 9).map(str), max_size=6)


def fields(document: Document, now: datetime) -> Mapping[str, tuple[str, ...]]:
    valid = [
        term
        for term in document.terms
        if (term.since is None or term.since <= now) and (term.until is None or now < term.until)
    ]
    return {name: tuple(term.value for term in valid if term.name == name) for name in NAMES}


def has(document: Document, query: Query, *, every: bool) -> bool:
    wanted = query.text.split()
    words = f"{document.title} {document.summary} {document.keywords} {document.body}".split()
    hits = [word in words for word in wanted[:-1]] + [any(one.startswith(wanted[-1]) for one in words)]
    return all(hits) if every else any(hits)


def expected(held: list[Document], query: Query) -> tuple[list[Document], dict[str, dict[str, int]]]:
    def passes(document: Document, narrowed: Mapping[str, frozenset[str]]) -> bool:
        return Clause(narrowed).holds_for(fields(document, query.now))

    visible = [
        document
        for document in held
        if any(clause.holds_for(fields(document, query.now)) for clause in query.allowed)
        and (not query.kinds or document.kind in query.kinds)
        and not any(passes(document, {name: unwanted}) for name, unwanted in query.without.items())
    ]
    found = visible
    if query.text:
        found = [document for document in visible if has(document, query, every=True)]
        found = found or [document for document in visible if has(document, query, every=False)]
    counts = {}
    for facet in FACETS:
        others = {name: wanted for name, wanted in query.filters.items() if name != facet}
        counted = (set(fields(document, query.now)[facet]) for document in found if passes(document, others))
        counts[facet] = dict(Counter(value for each in counted for value in each))
    return [document for document in found if passes(document, query.filters)], counts


def identity(document: Document) -> tuple[str, str]:
    return document.kind, document.doc_id


def walk(index: SqliteIndex, query: Query) -> list[tuple[str, str]]:
    """All hits, page after page."""
    seen: list[tuple[str, str]] = []
    while True:
        results = index.search(query)
        assert len(results.hits) == query.limit or results.position is None
        seen += [(hit.kind, hit.doc_id) for hit in results.hits]
        if results.position is None:
            return seen
        query = replace(query, after=results.position)


@settings(max_examples=120, deadline=None)
@given(steps=steps, asked=st.lists(queries, min_size=1, max_size=4))
def test_answers_are_those_of_the_plain_model(steps: list[list[Document] | str], asked: list[Query]) -> None:
    held: dict[tuple[str, str], Document] = {}
    with TemporaryDirectory() as directory:
        index = SqliteIndex(Path(directory) / "search.db")
        for step in steps:
            if isinstance(step, str):
                index.remove("content", [step])
                held.pop(("content", step), None)
            else:
                index.put(step)
                held |= {identity(document): document for document in step}
        for query in asked:
            compare(index, list(held.values()), query)
        index.close()


def compare(index: SqliteIndex, held: list[Document], query: Query) -> None:
    found, counts = expected(held, query)
    results = index.search(query)
    assert results.total == len(found)
    assert results.facets == counts
    walked = walk(index, query)
    assert sorted(walked) == sorted(map(identity, found))
    if query.order is Order.TITLE:
        found.sort(key=lambda document: (document.title, *identity(document)))
        assert walked == [identity(document) for document in found]
    if (query.order is Order.NEWEST or not query.text) and query.order is not Order.TITLE:
        found.sort(key=lambda document: (document.updated_at, *identity(document)), reverse=True)
        assert walked == [identity(document) for document in found]
