from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import Unavailable
from core.index import schema
from core.index.documents import Term
from core.index.sqlite import SqliteIndex
from core.tests.indexing import READERS, ask, document, found


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SqliteIndex]:
    opened = SqliteIndex(tmp_path / "search.db")
    yield opened
    opened.close()


def test_many_threads_search_while_others_write(index: SqliteIndex) -> None:
    failures: list[BaseException] = []
    index.put([document(f"fixed{n}", "Deck", Term("status", "Approved")) for n in range(20)])

    def guarded(writes: int | None = None) -> None:
        try:
            for n in range(12):
                if writes is not None:
                    index.put([document(f"w{writes}-{n}", "Deck", Term("status", "Draft"))])
                    index.remove("content", [f"w{writes}-{n}"])
                else:
                    results = ask(index, "deck", allowed=READERS, facets=("status",))
                    assert (results.total, results.facets) == (20, {"status": {"Approved": 20}})
        except Exception as failure:  # noqa: BLE001  (told by the assertion at the end)
            failures.append(failure)
        finally:
            index.close()

    threads = [threading.Thread(target=guarded, kwargs={"writes": n if n < 2 else None}) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert index.ids("content") == {f"fixed{n}" for n in range(20)}


def test_what_one_process_writes_another_sees_at_once(index: SqliteIndex, tmp_path: Path) -> None:
    other = SqliteIndex(tmp_path / "search.db")
    assert found(ask(other, "deck")) == []
    index.put([document("a", "Deck", Term("status", "Draft"))])
    assert found(ask(other, "deck")) == ["a"]
    index.put([document("a", "Deck", Term("status", "Approved"))])
    assert found(ask(other, "deck", allowed=READERS)) == ["a"]
    other.close()


def test_a_failed_write_leaves_everything_as_it_was(index: SqliteIndex) -> None:
    index.put([document("a", "Deck", Term("tag", "x"))])
    with pytest.raises(AttributeError):
        index.put([document("b", "Deck", Term("tag", "x")), document("c", None)])  # type: ignore[arg-type]
    results = ask(index, facets=("tag",))
    assert (found(results), results.facets) == (["a"], {"tag": {"x": 1}})


def test_a_new_file_says_that_it_has_to_be_filled(index: SqliteIndex) -> None:
    assert index.stale
    index.rebuilt()
    assert not index.stale


@pytest.mark.parametrize("rubbish", [b"this is no database" * 500, b"SQLite format 3\x00" + b"\xff" * 8000])
def test_a_damaged_file_is_moved_aside(tmp_path: Path, rubbish: bytes) -> None:
    path = tmp_path / "search.db"
    path.write_bytes(rubbish)
    index = SqliteIndex(path)
    index.put([document("a", "Deck")])
    assert found(ask(index, "deck")) == ["a"]
    assert index.stale
    assert (tmp_path / "search.db.damaged").read_bytes() == rubbish
    index.close()


def test_damage_that_comes_later_costs_one_request(index: SqliteIndex, tmp_path: Path) -> None:
    index.put([document(f"a{n}", "Deck " * 50) for n in range(50)])
    index.rebuilt()
    index.close()
    path = tmp_path / "search.db"
    sane = path.read_bytes()
    path.write_bytes(sane[:4096] + b"\xff" * (len(sane) - 4096))
    broken = SqliteIndex(path)
    results = None
    for _ in range(2):
        try:
            results = ask(broken, "deck")
        except Unavailable:
            continue
    assert results is not None
    assert results.total == 0
    assert broken.stale
    broken.close()


def test_a_file_of_another_version_is_emptied(
    index: SqliteIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.put([document("a", "Deck")])
    index.rebuilt()
    index.close()
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    newer = SqliteIndex(tmp_path / "search.db")
    assert newer.stale
    assert newer.ids("content") == set()
    newer.put([document("b", "Deck")])
    assert found(ask(newer, "deck")) == ["b"]
    newer.close()


def test_a_locked_file_is_unavailable_and_not_lost(
    index: SqliteIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.05)
    index.put([document("a", "Deck")])
    index.close()
    holder = sqlite3.connect(tmp_path / "search.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        index.put([document("b", "Deck")])
    assert found(ask(index, "deck")) == ["a"]
    holder.close()
    index.put([document("b", "Deck")])
    assert set(found(ask(index, "deck"))) == {"a", "b"}
