from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content.documents import KIND, shown_document
from content.enums import Status
from content.tests.factories import make_item
from core.index import index, registry
from search.rebuilding import rebuild


@pytest.fixture(autouse=True)
def _fresh(cloud, settings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_PATH = tmp_path / "search.db"


def reindex(*arguments: str) -> str:
    out = StringIO()
    call_command("reindex", *arguments, verbosity=0, stdout=out)
    return out.getvalue()


def test_an_empty_index_is_filled_from_the_tables():
    items = {make_item(status).content_id for status in (Status.DRAFT, Status.APPROVED, Status.EXPIRED)}
    expected = index().digests(KIND)
    index().clear()
    assert index().stale
    assert "3 missing" in reindex()
    assert index().ids(KIND) == items
    assert index().digests(KIND) == expected
    assert not index().stale


def test_a_second_run_finds_no_differences():
    make_item()
    reindex()
    assert "no differences" in reindex()
    assert "no differences" in reindex("--check")


def test_check_names_every_difference_and_mends_none():
    missing, changed, _ = (make_item() for _ in range(3))
    index().remove(KIND, [missing.content_id])
    index().put([replace(shown_document(changed), title="Other"), replace(shown_document(changed), doc_id="gone")])
    before = index().digests(KIND)
    with pytest.raises(CommandError, match="differs"):
        reindex("--check")
    assert index().digests(KIND) == before
    assert "1 missing, 1 gone, 1 changed" in reindex("--kind", KIND)
    assert "no differences" in reindex("--check")


def test_what_is_written_meanwhile_is_not_undone(monkeypatch: pytest.MonkeyPatch):
    old = replace(shown_document(make_item()), title="Old")
    index().put([old])
    newer = replace(old, title="Newer")

    def slow_walk():
        yield replace(old, title="Read before the change")
        index().put([newer, replace(newer, doc_id="made-meanwhile")])

    monkeypatch.setitem(registry._rebuilders, KIND, slow_walk)
    rebuild(KIND, lambda _: None)
    assert index().digests(KIND) == {
        old.doc_id: newer.digest,
        "made-meanwhile": replace(newer, doc_id="made-meanwhile").digest,
    }


def test_what_moved_between_two_lists_during_the_walk_is_kept(monkeypatch: pytest.MonkeyPatch):
    old = shown_document(make_item())

    def walk_that_misses_it():
        index().put([replace(old, title="Moved")])
        return iter(())

    monkeypatch.setitem(registry._rebuilders, KIND, walk_that_misses_it)
    rebuild(KIND, lambda _: None)
    assert index().ids(KIND) == {old.doc_id}
