"""What a person asks of the search, and what of it she may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict

from accounts.person import Person
from accounts.store import names_of
from content.documents import FACETS
from content.library import LIBRARY, facets_of
from content.rows import Row
from content.rules.visibility import RETIRED
from core import clock
from core.index import index, text
from core.index.documents import Hit, Order, Piece, Query
from core.paging import seal, unseal
from metadata.faceted import MAX_QUERY, Facet, Filters
from search.kinds import KINDS, clauses_of

PAGE_SIZE = 20
SHORTEST_SUGGESTED = 2
MOST_SUGGESTED = 6


@dataclass(frozen=True)
class Asked:
    """`retired`: deprecated and expired things too, as far as she may see them."""

    filters: Filters
    kinds: frozenset[str] = frozenset()
    retired: bool = False

    @classmethod
    def from_query(cls, query: QueryDict, person: Person) -> Asked:
        kinds = frozenset(query.getlist("kind")).intersection(KINDS)
        return cls(LIBRARY.asked(query, person.user_id), kinds, retired=bool(query.get("retired")))

    @classmethod
    def of_text(cls, typed: str) -> Asked:
        words = typed.strip()[:MAX_QUERY]
        return cls(Filters(words, {}, Order.RELEVANCE if words else Order.NEWEST))

    @property
    def text(self) -> str:
        return self.filters.text

    @property
    def anything(self) -> bool:
        return self.filters.active or bool(self.kinds)


@dataclass(frozen=True)
class Result:
    row: Row
    title: Sequence[Piece]
    snippet: Sequence[Piece]


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
    """One query of the index and one request to the tables; another for names when owners are chosen."""
    now = clock.now()
    scope = f"search:{person.user_id}:{asked.filters.order}:{asked.text}"
    query = replace(_query(person, asked, now), after=unseal(scope, cursor))
    found = index().search(query)
    owners = asked.filters.chosen.get("owner", frozenset())
    return Found(
        results=_readable(person, found.hits, now),
        total=found.total,
        facets=facets_of(found, asked.filters, names_of(owners) if owners else {}),
        next_cursor=seal(scope, found.position),
        every_word=found.every_word,
        instead="" if found.total and found.every_word else index().corrected(query),
    )


def choices_for(person: Person) -> Sequence[Facet]:
    """What there is to choose from before anything was asked; reads no table."""
    asked = Asked.of_text("")
    return facets_of(index().search(_query(person, asked, clock.now())), asked.filters, {})


def suggestions_for(person: Person, typed: str) -> Sequence[Result]:
    """The few things that she most likely means."""
    if len(typed.strip()) < SHORTEST_SUGGESTED:
        return ()
    now = clock.now()
    query = replace(_query(person, Asked.of_text(typed), now), limit=MOST_SUGGESTED, facets=())
    return _readable(person, index().search(query).hits, now)


def _query(person: Person, asked: Asked, now: datetime) -> Query:
    without = {} if asked.retired or "status" in asked.filters.chosen else {"status": frozenset(RETIRED)}
    return Query(
        allowed=clauses_of(person),
        now=now,
        text=asked.text,
        kinds=asked.kinds,
        filters=LIBRARY.in_full(asked.filters.chosen),
        without=without,
        facets=tuple(field for field in FACETS if field != "owner" or field in asked.filters.chosen),
        order=asked.filters.order,
        limit=PAGE_SIZE,
    )


def _readable(person: Person, hits: Sequence[Hit], now: datetime) -> list[Result]:
    rows: dict[tuple[str, str], Row] = {}
    for name, kind in KINDS.items():
        if ids := [hit.doc_id for hit in hits if hit.kind == name]:
            rows |= {(name, row_id): row for row_id, row in kind.rows(person, ids, now).items()}
    return [_result(rows[hit.kind, hit.doc_id], hit) for hit in hits if (hit.kind, hit.doc_id) in rows]


def _result(row: Row, hit: Hit) -> Result:
    """The marked title only while it is still the title; the index may be a moment behind."""
    marked = "".join(piece.text for piece in hit.title)
    title = hit.title if marked == text.cleaned(row.title) else (Piece(row.title),)
    return Result(row, title, hit.snippet or (Piece(row.summary),))
