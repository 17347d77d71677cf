"""Teams by a list in a file."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import TeamRole
from accounts.store import teams

FILE = (
    "Team;E-Mail;Manager\r\n".replace("E-Mail", "email")
    + "East;vera.viewer@gravyty.com;\r\n"
    + "EAST;VERA.viewer@gravyty.com;no\r\n"
    + "East ;Carl.Contributor@gravyty.com;Yes\r\n"
    + "West;vera.viewer@gravyty.com;no\r\n"
    + "=cmd|'/C calc'!A0;nobody@gravyty.com;\r\n"
    + "West;rita.reviewer@gravyty.com;perhaps\r\n"
    + ";rita.reviewer@gravyty.com;\r\n"
)


def given(file: Path, *options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_teams", str(file), *options, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error} {error.returncode}"
    return out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "teams.csv"
    path.write_bytes(b"\xef\xbb\xbf" + FILE.encode())
    return path


def test_a_list_fills_teams_and_says_of_each_row_what_is_wrong(pool: Any, file: Path) -> None:
    out, err = given(file)
    assert "3 added, 4 refused; 2 new teams." in out
    for said in ("line 3: refused. The same person stands in line 2", "Nobody signs in", "neither yes nor no"):
        assert said in err, said
    east = teams.team_with_name("east")
    assert east
    assert teams.places_in(str(east.team_id)) == {
        pool["vera"].user_id: TeamRole.MEMBER,
        pool["carl"].user_id: TeamRole.MANAGER,
    }


def test_given_again_it_changes_nothing_and_a_dry_run_never_does(pool: Any, file: Path) -> None:
    out, _err = given(file, "--dry-run")
    assert "It would be: 3 added, 4 refused; 2 new teams." in out
    assert teams.team_with_name("East") is None
    given(file)
    out, _err = given(file)
    assert "3 unchanged, 4 refused." in out


def test_what_is_no_list_is_refused_as_a_whole(pool: Any, tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_bytes("team,person\nÉast,x\n".encode("utf-16"))
    _out, err = given(path)
    assert "Missing: email" in err
    assert err.endswith(" 2")
    assert given(tmp_path / "never.csv")[1].endswith(" 2")
