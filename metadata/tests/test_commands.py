from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from core import events
from core.testing import ANA
from metadata import store
from metadata.enums import Group
from metadata.services import merging, retiring
from metadata.tests.test_options import make, tree

pytestmark = pytest.mark.usefixtures("cloud")


def run(name: str, *args: object) -> str:
    out = io.StringIO()
    call_command(name, *map(str, args), stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["options.csv", "options.json"])
def test_options_move_to_an_empty_portal(tmp_path: Path, name: str) -> None:
    above = make("Objections")
    below = make("+49 Price", parent=above.option_id)
    retiring.archive(option_id=make("Gone").option_id, by=ANA)
    file, before = tmp_path / name, tree()
    run("export_metadata", file)
    for option_id in (below.option_id, above.option_id, store.options_of(Group.TOPIC_TAG)[-1].option_id):
        retiring.delete(option_id=option_id, by=ANA)
    assert "create: 3" in run("import_metadata", file, "--dry-run")
    assert tree() == []
    assert "created: 3" in run("import_metadata", file)
    assert tree() == before
    assert "same: 3" in run("import_metadata", file)


def test_what_cannot_be_taken_is_told_and_the_rest_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "options.csv"
    file.write_text("group,label\ntopic_tag,Good\nnothing,Bad\n")
    with pytest.raises(CommandError, match="1 of 2 rows"):
        run("import_metadata", file)
    assert tree() == [("Good", 0)]
    for missing in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(CommandError, match="cannot be read"):
            run("import_metadata", missing)


def test_a_row_that_fails_half_way_says_what_was_done(tmp_path: Path) -> None:
    above = make("Above")
    make("Below", parent=above.option_id)
    file, out = tmp_path / "options.csv", io.StringIO()
    file.write_text("group,label,color,archived\ntopic_tag,ABOVE,teal,yes\n")
    with pytest.raises(CommandError):
        call_command("import_metadata", str(file), stderr=out)
    assert "hang under it" in out.getvalue()
    assert "changed before that" in out.getvalue()


def test_an_interrupted_merge_is_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = make("Old"), make("New")
    monkeypatch.setattr(events, "_listeners", [])
    job = merging.merge(source_id=old.option_id, target_id=new.option_id, by=ANA)
    assert f"{old.option_id} → {new.option_id}" in run("finish_merges", "--dry-run")
    assert store.job_by_id(job.option_id).finished_at is None
    assert "1 finished" in run("finish_merges")
    assert store.job_by_id(job.option_id).finished_at
    assert "0 finished" in run("finish_merges")
