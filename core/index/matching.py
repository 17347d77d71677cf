"""The words: which documents have them, how well, and where to show it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from itertools import chain

from core.index import bits, text
from core.index.documents import Piece
from core.index.postings import Memory
from core.index.schema import TOKENIZE

TITLE_BOOST = 2.0
"""For all the words in the title: by weight alone a short text that mentions them would come before a long article."""

MOST_ENDINGS = 12
SHORTEST_START = 4
MOST_BODY = 20_000
Ranked = list[tuple[float, int]]
Shown = tuple[tuple[Piece, ...], tuple[Piece, ...]]

# The weights are those of title, summary, keywords and body.
_RANKED = "SELECT bm25(full_text, 10.0, 3.0, 6.0, 1.0), rowid FROM full_text WHERE full_text MATCH ?"
_IN_TITLE = "SELECT rowid FROM full_text WHERE full_text MATCH ?"
_PAGE = f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.page USING fts5 (title, summary, keywords, body, {TOKENIZE})"


class Matching:
    def __init__(self, db: sqlite3.Connection, memory: Memory) -> None:
        self._db = db
        self._memory = memory

    def rows(self, expression: str) -> int:
        return self._match(expression)[0]

    def ranked(self, expression: str) -> Ranked:
        """Best first: the smaller the rank the better."""
        return self._match(expression)[1]

    def _match(self, expression: str) -> tuple[int, Ranked]:
        match = self._memory.matches.get(expression)
        if match is None:
            found = self._db.execute(_RANKED, (expression,)).fetchall()
            titles = {row for (row,) in self._db.execute(_IN_TITLE, (f"{{title}} : ({expression})",))}
            ranked = sorted((rank * TITLE_BOOST if row in titles else rank, row) for rank, row in found)
            match = bits.of_rows(row for _, row in found), ranked
            self._memory.keep_match(expression, *match)
        return match

    def endings(self, typed: Sequence[text.Typed]) -> list[str]:
        """Known words that begin with the one still being typed."""
        start = text.folded(typed[-1].text) if typed and typed[-1].open_ended else ""
        return self.words_beginning_with(start, MOST_ENDINGS) if len(start) >= SHORTEST_START else []

    def words_beginning_with(self, start: str, limit: int) -> list[str]:
        """Leaps from word to word: a common one stands in as many rows as it has documents."""
        words: list[str] = []
        found = self._db.execute("SELECT min(word) FROM words WHERE word >= ?", (start,)).fetchone()
        while found[0] is not None and found[0].startswith(start) and len(words) < limit:
            words.append(found[0])
            found = self._db.execute("SELECT min(word) FROM words WHERE word > ?", found).fetchone()
        return words

    def documents_with(self, word: str) -> int:
        found = self._db.execute("SELECT document FROM words WHERE word = ?", (word,))
        return bits.of_rows(row for (row,) in found)

    def titled(self, title: str) -> int:
        found = self._db.execute("SELECT id FROM documents WHERE title_key = ?", (text.folded(title),))
        return bits.of_rows(row for (row,) in found)

    def titles(self, rows: Sequence[int]) -> dict[int, Shown]:
        query = "SELECT rowid, title FROM full_text WHERE rowid IN (SELECT value FROM json_each(?))"
        found = self._db.execute(query, (json.dumps(rows),))
        return {row: (text.pieces(title), ()) for row, title in found}

    def highlights(self, rows: Sequence[int], expression: str) -> dict[int, Shown]:
        """Title and snippet of each row, marked. A page of rows is matched anew on its own: asking the whole index row
        by row would cost as much as the words are common."""
        self._db.execute(_PAGE)
        self._db.execute("DELETE FROM temp.page")
        self._db.execute(
            "INSERT INTO temp.page (rowid, title, summary, keywords, body)"
            " SELECT rowid, title, summary, keywords, substr(body, 1, ?) FROM full_text"
            " WHERE rowid IN (SELECT value FROM json_each(?))",
            (MOST_BODY, json.dumps(rows)),
        )
        plain = self._db.execute("SELECT rowid, title, summary, '' FROM temp.page")
        marked = self._db.execute(
            "SELECT rowid, highlight(page, 0, ?1, ?2), highlight(page, 1, ?1, ?2), highlight(page, 3, ?1, ?2)"
            " FROM temp.page WHERE page MATCH ?3",
            (text.START, text.END, expression),
        )
        return {row: _shown(title, summary, body) for row, title, summary, body in chain(plain, marked)}


def _shown(title: str, summary: str, body: str) -> Shown:
    """The passage of the body only where the summary says nothing of it."""
    in_body = text.START in body and text.START not in summary
    return text.pieces(title), text.passage(text.pieces(body)) if in_body else text.pieces(summary)
