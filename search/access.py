"""What a person asks of the search, and what of it she may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict

from accounts.person import Person
from content.documents import FACETS
from content.library import LIBRARY, labels_with
from content.rows import Row
from content.rules.visibility import RETIRED
from core import clock
from core.aws.together import Together
from core.index import index, text
from core.index.documents import KIND_FIELD, Hit, Order, Piece, Query, Results
from core.paging import seal, unseal
from lms.enums import CourseStatus
from metadata.faceted import MAX_QUERY, Facet, Filters
from search.kinds import KINDS, clauses_of, names_in, read_for, rows_for

SEARCH = replace(
    LIBRARY,
    parameters={KIND_FIELD: "kind", **LIBRARY.parameters},
    titles={KIND_FIELD: "Kind", **LIBRARY.titles},
)
_WITHDRAWN = frozenset({*RETIRED, CourseStatus.UNPUBLISHED, CourseStatus.ARCHIVED})
PAGE_SIZE = 20
SHORTEST_SUGGESTED = 2
MOST_SUGGESTED = 6


@dataclass(frozen=True)
class Asked:
    """`retired`: deprecated and expired things too, as far as she may see them."""

    filters: Filters
    retired: bool = False

    @classmethod
    def from_query(cls, query: QueryDict, person: Person) -> Asked:
        return cls(SEARCH.asked(query, person.user_id), retired=bool(query.get("retired")))

    @classmethod
    def of_text(cls, typed: str) -> Asked:
        words = typed.strip()[:MAX_QUERY]
        return cls(Filters(words, {}, Order.RELEVANCE if words else Order.NEWEST))

    @property
    def text(self) -> str:
        return self.filters.text

    @property
    def anything(self) -> bool:
        return self.filters.active


@dataclass(frozen=True)
class Result:
    row: Row
    title: Sequence[Piece]
    snippet: Sequence[Piece]
    kind: str
    doc_id: str


@dataclass(frozen=True)
class Found:
    """`every_word` is False when nothing has all the words; `instead` is a better spelling of them, or empty."""

    results: Sequence[Result]
    total: int
    facets: Sequence[Facet]
    next_cursor: str | None = None
    every_word: bool = True
    instead: str = ""


def results_for(person: Person, asked: Asked, cursor: str | None = None) -> Found:
    """One query of the index and one request to the tables."""
    now = clock.now()
    scope = f"search:{person.user_id}:{asked.filters.order}:{asked.text}"
    query = replace(_query(person, asked, now), after=unseal(scope, cursor))
    found = index().search(query)
    owners = asked.filters.chosen.get("owner", frozenset())
    read = read_for(found.hits, owners=owners)
    return Found(
        results=_readable(person, found.hits, now, read),
        total=found.total,
        facets=_facets_of(found, asked.filters, names_in(read, owners)),
        next_cursor=seal(scope, found.position),
        every_word=found.every_word,
        instead="" if found.total and found.every_word else index().corrected(query),
    )


def choices_for(person: Person) -> Sequence[Facet]:
    """What there is to choose from before anything was asked; reads no table."""
    asked = Asked.of_text("")
    return _facets_of(index().search(_query(person, asked, clock.now())), asked.filters, {})


def suggestions_for(person: Person, typed: str) -> Sequence[Result]:
    """The few things that she most likely means."""
    if len(typed.strip()) < SHORTEST_SUGGESTED:
        return ()
    now = clock.now()
    query = replace(_query(person, Asked.of_text(typed), now), limit=MOST_SUGGESTED, facets=())
    hits = index().search(query).hits
    return _readable(person, hits, now, read_for(hits))


def _query(person: Person, asked: Asked, now: datetime) -> Query:
    without = {} if asked.retired or "status" in asked.filters.chosen else {"status": _WITHDRAWN}
    return Query(
        allowed=clauses_of(person),
        now=now,
        text=asked.text,
        kinds=frozenset(KINDS),
        filters=SEARCH.in_full(asked.filters.chosen),
        without=without,
        facets=(KIND_FIELD, *(field for field in FACETS if field != "owner" or field in asked.filters.chosen)),
        order=asked.filters.order,
        limit=PAGE_SIZE,
    )


def _facets_of(found: Results, filters: Filters, names: Mapping[str, str]) -> Sequence[Facet]:
    in_library = labels_with(names)

    def label_of(field: str, value: str) -> str | None:
        return str(KINDS[value].label) if field == KIND_FIELD and value in KINDS else in_library(field, value)

    counted = {field: found.facets.get(field, {}) for field in (KIND_FIELD, *FACETS)}
    return SEARCH.facets_of(counted, filters, label_of)


def _readable(person: Person, hits: Sequence[Hit], now: datetime, read: Together) -> list[Result]:
    rows = rows_for(person, hits, now, read)
    return [_result(rows[hit.kind, hit.doc_id], hit) for hit in hits if (hit.kind, hit.doc_id) in rows]


def _result(row: Row, hit: Hit) -> Result:
    """The marked title only while it is still the title; the index may be a moment behind."""
    marked = "".join(piece.text for piece in hit.title)
    title = hit.title if marked == text.cleaned(row.title) else (Piece(row.title),)
    return Result(row, title, hit.snippet or (Piece(row.summary),), hit.kind, hit.doc_id)
