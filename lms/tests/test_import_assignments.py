from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.tests.conftest import pool  # noqa: F401  (a fixture)
from lms.store import assignments as store
from lms.tests.factories import make_course, make_draft
from lms.tests.path_factories import make_path


def bring(file: Path, **options: Any) -> tuple[str, str, int]:
    """Output, errors, exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_assignments", file, stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), err.getvalue() + str(error), error.returncode
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


def test_rows_are_assigned_once_and_the_rest_is_told_line_by_line(pool: Any, file: Path) -> None:  # noqa: F811
    course, path = make_course(title="Renewals é la carte"), make_path(make_course(title="Another"))
    make_draft(title="Not out yet")
    file.write_text(
        "person,course,due,note\n"
        f"vera.viewer@gravyty.com,{course.course_id},2031-02-28,For you\n"
        "VERA.VIEWER@gravyty.com,RENEWALS  E\u0301 LA CARTE,,\n"
        f"{pool['cora'].user_id},Your first month,2031-02-28 15:00,\n"
        "nobody@gravyty.com,Another,,\n"
        "carl.contributor@gravyty.com,Not out yet,,\n"
        "carl.contributor@gravyty.com,No such course,,\n"
        "carl.contributor@gravyty.com,Another,2031-02-29,\n"
        "carl.contributor@gravyty.com,Another,2001-02-28,\n"
        '"=HYPERLINK(""http://x"")",Another,,\n'
        ",Another,,\n",
        "utf-8-sig",
    )
    out, err, code = bring(file, dry_run=True)
    assert (out, code) == ("It would be: 2 assigned, 8 refused.\n", 1)
    assert store.assignments_of(pool["vera"].user_id) == []
    out, err, code = bring(file)
    assert out == "2 assigned, 8 refused.\n"
    for line, said in (
        (3, "stands in line 2"),
        (5, "Nobody signs in"),
        (6, "not published"),
        (7, "no course or path"),
        (8, "is no date"),
        (9, "in the past"),
        (10, "Nobody signs in"),
        (11, "no person in this row"),
    ):
        assert any(row.startswith(f"line {line}:") and said in row for row in err.splitlines()), (line, err)
    (hers,) = store.assignments_of(pool["vera"].user_id)
    assert (hers.note, hers.due_on) == ("For you", "2031-02-28")
    (coras,) = store.assignments_of(pool["cora"].user_id)
    assert (coras.target, coras.due_on) == (f"path:{path.path_id}", None)
    assert bring(file)[0] == "2 assigned already, 8 refused.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_are_read_in_whatever_encoding_a_spreadsheet_writes(pool: Any, file: Path, encoding: str) -> None:  # noqa: F811
    make_course(title="Über Erneuerungen")
    file.write_text("person;course\nvera.viewer@gravyty.com;über erneuerungen\n", encoding)
    assert bring(file)[0] == "1 assigned.\n"


def test_two_courses_of_one_name_are_told_apart_by_their_ids(pool: Any, file: Path) -> None:  # noqa: F811
    first, _second = make_course(title="Basics"), make_course(title="basics")
    file.write_text(f"person,course\nvera.viewer@gravyty.com,Basics\nvera.viewer@gravyty.com,{first.course_id}\n")
    out, err, _code = bring(file)
    assert "Write the id instead" in err
    assert out == "1 assigned, 1 refused.\n"


@pytest.mark.parametrize("data", [b"", b"person\nvera", b"\x00\x01", b'person,course\n"open'])
def test_what_is_no_table_with_these_columns_is_refused_as_a_whole(pool: Any, file: Path, data: bytes) -> None:  # noqa: F811
    file.write_bytes(data)
    assert bring(file)[2] == 2


def test_a_long_list_asks_cognito_once_for_everybody(pool: Any, file: Path, monkeypatch: Any) -> None:  # noqa: F811
    course = make_course()
    lines = [f"nobody-{number}@gravyty.com,{course.course_id}" for number in range(300)]
    file.write_text("\n".join(["person,course", *lines, f"vera.viewer@gravyty.com,{course.course_id}"]))
    monkeypatch.setattr("core.aws.user_pool.user_by_email", None)
    assert bring(file)[0] == "1 assigned, 300 refused.\n"
