"""The index file: its tables, and how it comes into being, is found wanting and is started afresh.

`postings` hold, for every term, the set of documents that carry it at the moment `as_of`; `timed` the terms that begin
or end, from which any other moment follows. So filters, permission and facets are intersections of sets and take
the same time however rare the filter is. `full_text` finds by stems; `words` keeps the whole words of titles, summaries
and keywords, to finish and to correct what is typed.
"""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.errors import Unavailable
from core.index.documents import KIND_FIELD

VERSION = 4
BUSY_SECONDS = 5
KIND = KIND_FIELD
"""A name of our own among those of terms."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ALWAYS, NEVER = -(2**62), 2**62

TOKENIZE = 'tokenize = "porter unicode61 remove_diacritics 2"'

_SCHEMA = f"""
CREATE TABLE state (generation INTEGER NOT NULL, as_of INTEGER NOT NULL, stale INTEGER NOT NULL);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title_key TEXT NOT NULL, updated_at INTEGER NOT NULL,
    terms TEXT NOT NULL, words TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE INDEX documents_by_time ON documents (updated_at, key);
CREATE INDEX documents_by_title ON documents (title_key, key);
CREATE TABLE postings (name TEXT NOT NULL, value TEXT NOT NULL, bits BLOB NOT NULL, UNIQUE (name, value));
CREATE TABLE words (word TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (word, document)) WITHOUT ROWID;
CREATE TABLE timed (
    document INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL
);
CREATE INDEX timed_of_document ON timed (document);
CREATE INDEX timed_by_since ON timed (since);
CREATE INDEX timed_by_until ON timed (until);
CREATE VIRTUAL TABLE full_text USING fts5 (
    title, summary, keywords, body, {TOKENIZE}, prefix = "1 2 3"
);
"""


def moment(at: datetime) -> int:
    """Microseconds, exactly."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def opened(path: Path) -> sqlite3.Connection:
    """Makes the file if needed. One that is damaged is moved aside; one of another version is emptied."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _one_process_at_a_time(path):
        try:
            return _prepared(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            move_aside(path)
            return _prepared(path)


def move_aside(path: Path) -> None:
    kept = path.with_name(f"{path.name}.damaged")
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(f"{kept}{ending}")


@contextmanager
def _one_process_at_a_time(path: Path) -> Iterator[None]:
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepared(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA temp_store = MEMORY")
        _require_full_text(db)
        if _version(db) != VERSION:
            _recreate(db)
        db.execute("SELECT generation, as_of, stale FROM state").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _require_full_text(db: sqlite3.Connection) -> None:
    if ("ENABLE_FTS5",) not in db.execute("PRAGMA compile_options").fetchall():
        raise Unavailable("Search needs an SQLite with FTS5; the one of this Python was built without it.")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _recreate(db: sqlite3.Connection) -> None:
    """The generation starts at the clock, so that what a process remembers of an earlier file never fits the new."""
    db.execute("BEGIN IMMEDIATE")
    try:
        if _version(db) != VERSION:
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'").fetchall():
                db.execute(f'DROP TABLE "{name}"')
            tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            for (name,) in db.execute(tables).fetchall():
                db.execute(f'DROP TABLE "{name}"')
            for statement in _SCHEMA.split(";\n"):
                db.execute(statement)
            db.execute("INSERT INTO state VALUES (?, ?, 1)", (time.time_ns(), moment(datetime.now(UTC))))
            db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
