"""Did you mean: words are only ever taken from documents that the person may see."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from core.index import text
from core.index.documents import Query
from core.index.matching import Matching
from core.index.postings import Memory
from core.index.reading import Reading

MOST_CANDIDATES = 5000


def corrected(db: sqlite3.Connection, memory: Memory, query: Query) -> str:
    matching = Matching(db, memory)
    visible = Reading(db, memory, replace(query, text="")).visible
    better: list[str] = []
    changed = False
    for part in text.typed(query.text):
        found = matching.rows(text.expression([part], matching.endings([part]), every=True)) & visible
        other = "" if found or part.quoted else _nearest(text.folded(part.text), matching, visible)
        changed = changed or bool(other)
        better.append(other or (text.quoted(part.text) if part.quoted else part.text))
    return " ".join(better) if changed else ""


def _nearest(word: str, matching: Matching, visible: int) -> str:
    """The visible word that differs least; of several the most common."""
    allowed = 1 if len(word) <= 4 else 2
    near = [
        (away, candidate)
        for candidate in matching.words_beginning_with(word[:1], MOST_CANDIDATES)
        if abs(len(candidate) - len(word)) <= allowed and (away := distance(word, candidate)) <= allowed
    ]
    counted = [
        (away, -(matching.documents_with(candidate) & visible).bit_count(), candidate) for away, candidate in near
    ]
    return min(((away, count, candidate) for away, count, candidate in counted if count), default=(0, 0, ""))[2]


def distance(one: str, other: str) -> int:
    """Letters to insert, drop, change, or swap with a neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]
