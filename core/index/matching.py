"""The words: which documents have them, how well, and where to show it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from core.index import bits, text
from core.index.documents import Piece
from core.index.postings import Memory, Postings
from core.index.schema import WORD

WEIGHTS = (10.0, 3.0, 6.0, 1.0)
"""Of title, summary, keywords and body."""

MOST_ENDINGS = 12
SNIPPET_WORDS = 28
Ranked = list[tuple[float, int]]


class Matching:
    def __init__(self, db: sqlite3.Connection, memory: Memory, postings: Postings) -> None:
        self._db = db
        self._memory = memory
        self._postings = postings

    def rows(self, expression: str) -> int:
        return self._match(expression)[0]

    def ranked(self, expression: str) -> Ranked:
        """Best first: the smaller the rank the better."""
        return self._match(expression)[1]

    def _match(self, expression: str) -> tuple[int, Ranked]:
        match = self._memory.matches.get(expression)
        if match is None:
            found = self._db.execute(
                f"SELECT bm25(full_text, {', '.join(map(str, WEIGHTS))}), rowid FROM full_text WHERE full_text MATCH ?",
                (expression,),
            ).fetchall()
            match = bits.of_rows(row for _, row in found), sorted(found)
            self._memory.keep_match(expression, *match)
        return match

    def endings(self, typed: Sequence[text.Typed]) -> list[str]:
        """Known words that begin with the one still being typed."""
        start = text.folded(typed[-1].text) if typed and typed[-1].open_ended else ""
        return self._postings.beginning_with(WORD, start, MOST_ENDINGS) if len(start) >= 3 else []

    def highlights(
        self, rows: Sequence[int], expression: str
    ) -> dict[int, tuple[tuple[Piece, ...], tuple[Piece, ...]]]:
        shown = {}
        for row in rows:
            title, summary, body = self._db.execute(
                "SELECT highlight(full_text, 0, ?1, ?2), highlight(full_text, 1, ?1, ?2),"
                " snippet(full_text, 3, ?1, ?2, '…', ?3) FROM full_text WHERE full_text MATCH ?4 AND rowid = ?5",
                (text.START, text.END, SNIPPET_WORDS, expression, row),
            ).fetchone()
            snippet = body if text.START in body and text.START not in summary else summary
            shown[row] = text.pieces(title), text.pieces(snippet)
        return shown
