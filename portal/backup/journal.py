"""What an export or a restore has done already, on the disk: so it goes on after a kill, and needs little memory."""

from __future__ import annotations

import fcntl
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.errors import Refused

_TABLES = """
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS names (old TEXT PRIMARY KEY, new TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS rows (name TEXT PRIMARY KEY, line TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS objects (
    bucket TEXT, key TEXT, version TEXT, place INTEGER NOT NULL, deleted INTEGER NOT NULL, sha256 TEXT, facts TEXT,
    PRIMARY KEY (bucket, key, version)
);
"""


class Journal:
    def __init__(self, path: Path) -> None:
        self.sql = sqlite3.connect(path)
        self.sql.executescript(_TABLES)

    def note(self, name: str) -> Any:
        found = self.sql.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None

    def put_note(self, name: str, value: Any) -> None:
        self.sql.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, json.dumps(value)))
        self.sql.commit()

    def name_for(self, old: str) -> str | None:
        found = self.sql.execute("SELECT new FROM names WHERE old = ?", (old,)).fetchone()
        return str(found[0]) if found else None

    def put_names(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.sql.executemany("INSERT OR REPLACE INTO names VALUES (?, ?)", pairs)
        self.sql.commit()

    def rows(self, prefix: str) -> Iterator[tuple[str, str]]:
        """What stands under names with this beginning, in their order: the rest of the name, and the line."""
        beyond = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        found = self.sql.execute(
            "SELECT name, line FROM rows WHERE name >= ? AND name < ? ORDER BY name", (prefix, beyond)
        )
        yield from ((name.removeprefix(prefix), line) for name, line in found)

    def put_rows(self, rows: Iterable[tuple[str, str]]) -> None:
        self.sql.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?)", rows)
        self.sql.commit()


@contextmanager
def opened(path: Path) -> Iterator[Journal]:
    """Raises Refused while another run has it open."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused("Another run is at work in this directory. Wait until it has ended.") from error
        journal = Journal(path)
        try:
            yield journal
        finally:
            journal.sql.close()
