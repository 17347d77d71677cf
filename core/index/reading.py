"""Answers one query inside one read transaction: sets first, then the words and the order of one page."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property, reduce
from itertools import islice
from operator import and_, or_
from typing import Any

from core.errors import Invalid
from core.index import bits, text
from core.index.documents import Hit, Order, Query, Results
from core.index.matching import Matching, Shown
from core.index.postings import Memory, Postings
from core.index.schema import KIND, moment

FEW = 500
"""Up to so many documents are fetched and sorted; more are met by walking the order until the page is full."""

_LISTS = {Order.NEWEST: ("updated_at", "DESC", "<"), Order.TITLE: ("title_key", "ASC", ">")}


class Reading:
    def __init__(self, db: sqlite3.Connection, memory: Memory, query: Query) -> None:
        self._db = db
        self._query = query
        self._postings = Postings(db, memory, moment(query.now))
        self._matching = Matching(db, memory)
        self._typed = text.typed(query.text)

    def results(self) -> Results:
        every_word, found = self._found
        chosen = self._narrowed(found, self._query.filters)
        rows, position = self._page(chosen)
        return Results(
            hits=self._hits(rows),
            total=chosen.bit_count(),
            facets={name: self._counts(name, found) for name in self._query.facets},
            position=position,
            every_word=every_word,
        )

    @cached_property
    def visible(self) -> int:
        """What this person may see, of the wanted kinds. Nothing that follows ever looks beyond it."""
        allowed = reduce(or_, (self._narrowed(-1, clause.values) for clause in self._query.allowed), 0)
        kinds = self._query.kinds or self._postings.values_of(KIND)
        allowed &= self._postings.any_of(KIND, kinds)
        for name, values in self._query.without.items():
            allowed &= ~self._postings.any_of(name, values)
        return allowed

    @cached_property
    def _found(self) -> tuple[bool, int]:
        """Whether every word was asked for, and what then matches. That nothing does is decided by what she may see:
        otherwise a hidden document could be noticed by the words it has."""
        if self._query.titled:
            return True, self.visible & self._matching.titled(self._query.titled)
        if not self._query.text.strip():
            return True, self.visible
        if not self._typed:
            return True, 0
        found = self.visible & self._matching.rows(self._expression(every=True))
        if found or len(self._typed) == 1:
            return True, found
        return False, self.visible & self._matching.rows(self._expression(every=False))

    def _expression(self, *, every: bool) -> str:
        return text.expression(self._typed, self._matching.endings(self._typed), every=every)

    def _narrowed(self, rows: int, values: Mapping[str, frozenset[str]]) -> int:
        return reduce(and_, (self._postings.any_of(name, wanted) for name, wanted in values.items()), rows)

    def _counts(self, name: str, found: int) -> dict[str, int]:
        others = {other: values for other, values in self._query.filters.items() if other != name}
        base = self._narrowed(found, others)
        counts = ((value, (base & rows).bit_count()) for value, rows in self._postings.values_of(name).items())
        return {value: count for value, count in counts if count}

    def _page(self, chosen: int) -> tuple[list[int], Any]:
        """The rows of this page, and the position after it unless it is the last."""
        pages = self._by_rank(chosen) if self._is_ranked else self._by_column(chosen)
        try:
            page = list(islice(pages, self._query.limit + 1))
        except (TypeError, ValueError, sqlite3.Error) as error:
            raise Invalid("This link into the list is no longer valid. Start again from the first page.") from error
        rows = [row for row, _ in page[: self._query.limit]]
        return rows, page[self._query.limit - 1][1] if len(page) > self._query.limit else None

    @property
    def _is_ranked(self) -> bool:
        return self._query.order is Order.RELEVANCE and bool(self._typed)

    def _by_rank(self, chosen: int) -> Iterator[tuple[int, list[Any]]]:
        ranked = self._matching.ranked(self._expression(every=self._found[0]))
        start = 0
        if self._query.after is not None:
            rank, row = self._query.after
            start = bisect_right(ranked, (float(rank), int(row)))
        among = bits.Members(chosen)
        for rank, row in islice(ranked, start, None):
            if row in among:
                yield row, [rank, row]

    def _by_column(self, chosen: int) -> Iterator[tuple[int, list[Any]]]:
        order = Order.NEWEST if self._query.order is Order.RELEVANCE else self._query.order
        column, direction, beyond = _LISTS[order]
        conditions, values = ["1"], []
        if self._query.after is not None:
            conditions.append(f"({column}, key) {beyond} (?, ?)")
            values += list(self._query.after)
        few = chosen.bit_count() <= FEW
        if few:
            conditions.append("id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(list(bits.members(chosen))))
        among = bits.Members(chosen)
        where, order_by = " AND ".join(conditions), f"{column} {direction}, key {direction}"
        select = f"SELECT id, {column}, key FROM documents WHERE {where} ORDER BY {order_by}"  # noqa: S608  (our names only)
        for row, value, key in self._db.execute(select, values):
            if few or row in among:
                yield row, [value, key]

    def _hits(self, rows: list[int]) -> list[Hit]:
        keys = dict(
            self._db.execute(
                "SELECT id, key FROM documents WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(rows),)
            )
        )
        hits = []
        shown = self._shown(rows)
        for row in rows:
            kind, _, doc_id = keys[row].partition("/")
            hits.append(Hit(kind, doc_id, *shown.get(row, ())))
        return hits

    def _shown(self, rows: list[int]) -> Mapping[int, Shown]:
        if self._query.titled:
            return self._matching.titles(rows)
        return self._matching.highlights(rows, self._expression(every=self._found[0])) if self._typed else {}
