from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.errors import Invalid
from portal import proof

ROWS = [
    {"method": "GET", "route": "home", "state": "", "role": "Viewer", "own": False, "expected": "y", "got": "y"},
    {"method": "GET", "route": "admin", "state": "", "role": "Viewer", "own": False, "expected": "x", "got": "y"},
]


def signed() -> dict[str, object]:
    return proof.report(ROWS, made_at="2026-11-23T12:00:00.000Z", version="abc")


def test_a_report_says_what_was_asked_and_what_was_wrong() -> None:
    told = signed()
    assert (told["asked"], told["addresses"], told["by_role"]) == (2, 2, {"Viewer": 2})
    assert told["wrong"] == [ROWS[1]]
    assert proof.check(json.dumps(told))["asked"] == 2


@pytest.mark.parametrize("change", [{"wrong": []}, {"made_at": "2025-01-01"}, {"rows": []}, {"signature": "x"}])
def test_a_changed_report_is_found_out(change: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="was changed since"):
        proof.check(json.dumps(signed() | change))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "no json"])
def test_what_is_no_report_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Invalid, match="not a report"):
        proof.check(text)


@pytest.mark.parametrize("only", ["metadata:option", "listUses"])
def test_areas_and_the_api_are_asked_too(tmp_path: Path, only: str) -> None:
    file = tmp_path / "report.json"
    call_command("prove_permissions", file, only=only)
    told = proof.check(file.read_text())
    assert told["wrong"] == [] and any(only in row["route"] for row in told["rows"])
    assert {row["got"] for row in told["rows"]} <= set(told["letters"])


def test_where_it_cannot_write_it_says_so_before_it_asks(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written: No such file"):
        call_command("prove_permissions", tmp_path / "nowhere" / "report.json")
    with pytest.raises(CommandError, match="has “no-such-address” in its name"):
        call_command("prove_permissions", tmp_path / "report.json", only="no-such-address")
    assert not list(tmp_path.iterdir())


def test_the_command_asks_the_matrix_and_checks_what_it_wrote(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    call_command("prove_permissions", file, only="search:suggest")
    told = proof.check(file.read_text())
    assert {row["route"] for row in told["rows"]} == {"search:suggest"}
    assert {row["role"] for row in told["rows"]} == {"Viewer", "Contributor", "Approver", "Admin"}
    call_command("prove_permissions", file, check=True)
    file.write_text(file.read_text().replace('"y"', '"x"'))
    with pytest.raises(CommandError, match="was changed since"):
        call_command("prove_permissions", file, check=True)
