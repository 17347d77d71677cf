"""Puts documents in and takes them out, inside one transaction."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from core.index import bits, text
from core.index.documents import Document, Term
from core.index.moving import changes_between
from core.index.schema import ALWAYS, KIND, NEVER, moment

Period = tuple[str, str, int, int]


class Writing:
    """One write transaction. Everything in `postings` is true at `as_of`, which is moved to now first."""

    def __init__(self, db: sqlite3.Connection, now: datetime, unless_changed: Mapping[str, str] | None = None) -> None:
        self._db = db
        self._unless_changed = unless_changed
        self._changed: dict[tuple[str, str], bytearray] = {}
        self._as_of = moment(now)
        self._move_to_now()

    def put(self, documents: Sequence[Document]) -> None:
        latest = {(document.kind, document.doc_id): document for document in documents}
        for (kind, doc_id), document in latest.items():
            row, digest = self._found(kind, doc_id)
            if self._may_write(doc_id, digest):
                self._put(row, document)

    def remove(self, kind: str, doc_ids: Iterable[str]) -> None:
        for doc_id in doc_ids:
            row, digest = self._found(kind, doc_id)
            if row is not None and self._may_write(doc_id, digest):
                self._take_out(row)
                self._db.execute("DELETE FROM documents WHERE id = ?", (row,))

    def finish(self) -> None:
        for (name, value), changed in self._changed.items():
            if any(changed):
                self._db.execute(
                    "INSERT INTO postings VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET bits = excluded.bits",
                    (name, value, bits.pack(changed)),
                )
            else:
                self._db.execute("DELETE FROM postings WHERE name = ? AND value = ?", (name, value))
        self._db.execute("UPDATE state SET generation = generation + 1, as_of = ?", (self._as_of,))

    def _move_to_now(self) -> None:
        (as_of,) = self._db.execute("SELECT as_of FROM state").fetchone()
        for (name, value), (ended, begun) in changes_between(self._db, as_of, self._as_of).items():
            for row in ended:
                self._switch(row, name, value, on=False)
            for row in begun:
                self._switch(row, name, value, on=True)

    def _put(self, row: int | None, document: Document) -> None:
        if row is not None:
            self._take_out(row)
        lasting, timed = _sorted_out(document.terms)
        lasting |= {(KIND, document.kind)}
        words = sorted(text.words_of(f"{document.title} {document.summary} {document.keywords}"))
        row = self._save_row(row, document, lasting, words)
        self._db.executemany("INSERT INTO words VALUES (?, ?)", [(word, row) for word in words])
        self._db.execute(
            "INSERT INTO full_text (rowid, title, summary, keywords, body) VALUES (?, ?, ?, ?, ?)",
            (row, *map(text.stored, (document.title, document.summary, document.keywords, document.body))),
        )
        self._db.executemany("INSERT INTO timed VALUES (?, ?, ?, ?, ?)", [(row, *period) for period in timed])
        for name, value in lasting | set(self._valid_now(timed)):
            self._switch(row, name, value, on=True)

    def _save_row(self, row: int | None, document: Document, lasting: set[tuple[str, str]], words: list[str]) -> int:
        key, title_key = _key_of(document.kind, document.doc_id), text.folded(document.title)
        values = (row, key, title_key, moment(document.updated_at), json.dumps(sorted(lasting)), json.dumps(words))
        saved = self._db.execute(
            "INSERT OR REPLACE INTO documents (id, key, title_key, updated_at, terms, words, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*values, document.digest),
        )
        assert saved.lastrowid is not None
        return saved.lastrowid

    def _take_out(self, row: int) -> None:
        terms, words = self._db.execute("SELECT terms, words FROM documents WHERE id = ?", (row,)).fetchone()
        timed = self._db.execute("SELECT name, value, since, until FROM timed WHERE document = ?", (row,)).fetchall()
        for name, value in [*json.loads(terms), *self._valid_now(timed)]:
            self._switch(row, name, value, on=False)
        pairs = [(word, row) for word in json.loads(words)]
        self._db.executemany("DELETE FROM words WHERE word = ? AND document = ?", pairs)
        self._db.execute("DELETE FROM timed WHERE document = ?", (row,))
        self._db.execute("DELETE FROM full_text WHERE rowid = ?", (row,))

    def _found(self, kind: str, doc_id: str) -> tuple[int | None, str | None]:
        query = "SELECT id, digest FROM documents WHERE key = ?"
        found: tuple[int, str] | None = self._db.execute(query, (_key_of(kind, doc_id),)).fetchone()
        return found or (None, None)

    def _may_write(self, doc_id: str, digest: str | None) -> bool:
        return self._unless_changed is None or self._unless_changed.get(doc_id) == digest

    def _valid_now(self, timed: Iterable[Period]) -> list[tuple[str, str]]:
        return [(name, value) for name, value, since, until in timed if since <= self._as_of < until]

    def _switch(self, row: int, name: str, value: str, *, on: bool) -> None:
        if (name, value) not in self._changed:
            found = self._db.execute("SELECT bits FROM postings WHERE name = ? AND value = ?", (name, value)).fetchone()
            self._changed[name, value] = bytearray(zlib.decompress(found[0])) if found else bytearray()
        bits.switch(self._changed[name, value], row, on=on)


def _key_of(kind: str, doc_id: str) -> str:
    return f"{kind}/{doc_id}"


def _sorted_out(terms: Sequence[Term]) -> tuple[set[tuple[str, str]], list[Period]]:
    """Terms that hold for ever, and the periods of the others, joined where they touch."""
    lasting: set[tuple[str, str]] = set()
    timed: list[Period] = []
    for term in terms:
        since = ALWAYS if term.since is None else moment(term.since)
        until = NEVER if term.until is None else moment(term.until)
        if since < until:
            timed.append((term.name, term.value, since, until))
    periods: list[Period] = []
    for _, group in groupby(sorted(timed), key=itemgetter(0, 1)):
        for name, value, since, until in _joined(list(group)):
            if (since, until) == (ALWAYS, NEVER):
                lasting.add((name, value))
            else:
                periods.append((name, value, since, until))
    return lasting, periods


def _joined(periods: list[Period]) -> list[Period]:
    joined = periods[:1]
    for name, value, since, until in periods[1:]:
        last = joined[-1]
        if since <= last[3]:
            joined[-1] = (name, value, last[2], max(last[3], until))
        else:
            joined.append((name, value, since, until))
    return joined
