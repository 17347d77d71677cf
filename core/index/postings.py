"""Which documents carry a term at a moment, and what a process remembers of it until somebody writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import reduce
from operator import or_

from core.index import bits
from core.index.moving import Changes, changes_between


class Memory:
    """Of one generation of the index. Threads share it: every value is made whole before it is put in."""

    MOST_MATCHED = 300_000

    def __init__(self, generation: int, as_of: int) -> None:
        self.generation = generation
        self.as_of = as_of
        self.rows: dict[tuple[str, str], int] = {}
        self.values: dict[str, frozenset[str]] = {}
        self.changes: tuple[int, Changes] = (as_of, {})
        self.matches: dict[str, tuple[int, list[tuple[float, int]]]] = {}
        self._matched = 0

    def keep_match(self, expression: str, rows: int, ranked: list[tuple[float, int]]) -> None:
        self._matched += len(ranked) + 1000
        if self._matched > self.MOST_MATCHED:
            self.matches, self._matched = {}, 0
        self.matches[expression] = rows, ranked


class Postings:
    def __init__(self, db: sqlite3.Connection, memory: Memory, now: int) -> None:
        self._db = db
        self._memory = memory
        self._changes = self._changes_until(now)

    def any_of(self, name: str, values: Iterable[str]) -> int:
        return reduce(or_, (self.of(name, value) for value in values), 0)

    def of(self, name: str, value: str) -> int:
        term = name, value
        rows = self._memory.rows.get(term)
        if rows is None:
            known_absent = name in self._memory.values and value not in self._memory.values[name]
            rows = 0 if known_absent else self._read(name, value)
            if rows:  # what is not there can be asked for in any number of ways
                self._memory.rows[term] = rows
        if term in self._changes:
            ended, begun = self._changes[term]
            rows = rows & ~bits.of_rows(ended) | bits.of_rows(begun)
        return rows

    def values_of(self, name: str) -> dict[str, int]:
        if name not in self._memory.values:
            found = self._db.execute("SELECT value, bits FROM postings WHERE name = ?", (name,)).fetchall()
            self._memory.rows.update({(name, value): bits.unpack(packed) for value, packed in found})
            self._memory.values[name] = frozenset(value for value, _ in found)
        begun = {value for changed, value in self._changes if changed == name}
        return {value: self.of(name, value) for value in self._memory.values[name] | begun}

    def _read(self, name: str, value: str) -> int:
        found = self._db.execute("SELECT bits FROM postings WHERE name = ? AND value = ?", (name, value)).fetchone()
        return bits.unpack(found[0]) if found else 0

    def _changes_until(self, now: int) -> Changes:
        """Remembered for the latest moment: the next page asks for the same one or one just after it."""
        at, changes = self._memory.changes
        if at != now and (changes or not self._quiet_between(at, now)):
            changes = changes_between(self._db, self._memory.as_of, now)
        self._memory.changes = now, changes
        return changes

    def _quiet_between(self, then: int, now: int) -> bool:
        return not changes_between(self._db, then, now)
