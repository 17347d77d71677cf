"""The derived index in one SQLite file that several processes and threads share."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core import clock
from core.errors import Unavailable
from core.index.documents import Document, Query, Results
from core.index.postings import Memory
from core.index.reading import Reading
from core.index.schema import KIND, move_aside, opened
from core.index.spelling import corrected
from core.index.writing import Writing

logger = logging.getLogger(__name__)


@dataclass
class _Connection:
    """`file` tells whether the path still leads to the file that was opened, `process` whether we were forked."""

    db: sqlite3.Connection
    file: tuple[int, int]
    process: int


class SqliteIndex:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._memory = Memory(0, 0)

    @property
    def stale(self) -> bool:
        """Whether the file was started afresh and nobody has filled it since (`manage.py reindex` does)."""
        with self._reading() as db:
            return bool(db.execute("SELECT stale FROM state").fetchone()[0])

    def rebuilt(self) -> None:
        with self._writing() as db:
            db.execute("UPDATE state SET stale = 0")

    def put(self, documents: Sequence[Document], *, unless_changed: Mapping[str, str] | None = None) -> None:
        with self._writing() as db:
            writing = Writing(db, clock.now(), unless_changed)
            writing.put(documents)
            writing.finish()

    def remove(self, kind: str, doc_ids: Sequence[str], *, unless_changed: Mapping[str, str] | None = None) -> None:
        with self._writing() as db:
            writing = Writing(db, clock.now(), unless_changed)
            writing.remove(kind, doc_ids)
            writing.finish()

    def search(self, query: Query) -> Results:
        with self._reading() as db:
            return Reading(db, self._remembered(db), query).results()

    def corrected(self, query: Query) -> str:
        """The text with misspelled words replaced by ones that find something she may see; empty if there is none."""
        with self._reading() as db:
            return corrected(db, self._remembered(db), query)

    def ids(self, kind: str) -> set[str]:
        return set(self.digests(kind))

    def digest(self, kind: str, doc_id: str) -> str | None:
        with self._reading() as db:
            found = db.execute("SELECT digest FROM documents WHERE key = ?", (f"{kind}/{doc_id}",)).fetchone()
            return found and str(found[0])

    def digests(self, kind: str) -> dict[str, str]:
        with self._reading() as db:
            # "0" is the character after "/".
            found = db.execute("SELECT key, digest FROM documents WHERE key >= ? AND key < ?", (f"{kind}/", f"{kind}0"))
            return {key.partition("/")[2]: digest for key, digest in found}

    def clear(self, kind: str | None = None) -> None:
        with self._reading() as db:
            kinds = [kind] if kind else [k for (k,) in db.execute("SELECT value FROM postings WHERE name = ?", (KIND,))]
        for each in kinds:
            self.remove(each, sorted(self.ids(each)))

    def close(self) -> None:
        """This thread's connection."""
        held: _Connection | None = self._local.__dict__.pop("held", None)
        if held and held.process == os.getpid():
            held.db.close()

    def _remembered(self, db: sqlite3.Connection) -> Memory:
        generation, as_of = db.execute("SELECT generation, as_of FROM state").fetchone()
        memory = self._memory
        if memory.generation != generation:
            memory = self._memory = Memory(generation, as_of)
        return memory

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            db = self._connected()
            db.execute(begin)
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise Unavailable("Search is busy. Try again in a moment.") from error
        except sqlite3.DatabaseError as error:
            self._give_up(error)
            raise Unavailable("Search had to start afresh. Try again in a moment.") from error

    def _connected(self) -> sqlite3.Connection:
        held: _Connection | None = getattr(self._local, "held", None)
        if held and held.process == os.getpid() and held.file == self._file():
            return held.db
        self.close()
        db = opened(self._path)
        self._local.held = _Connection(db, self._file(), os.getpid())
        return db

    def _file(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return 0, 0
        return found.st_dev, found.st_ino

    def _give_up(self, error: sqlite3.DatabaseError) -> None:
        logger.error("the search index is damaged and was moved aside", extra={"error": type(error).__name__})
        held: _Connection | None = getattr(self._local, "held", None)
        if held is None or held.file == self._file():
            move_aside(self._path)
        self.close()
