from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import sheets
from core.errors import Invalid


def read(data: bytes) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, dict(row.values)) for row in sheets.rows(data, columns=["email"], optional=["name"])]


@pytest.mark.parametrize(
    "data",
    [
        "email,name\na@b.c,Zoë\n".encode(),
        "email,name\na@b.c,Zoë\n".encode("utf-8-sig"),
        "email,name\na@b.c,Zoë\n".encode("utf-16"),
        "email,name\na@b.c,Zoë\n".encode("cp1252"),
        "Name ; EMAIL\r\nZoë;a@b.c\r\n".encode(),
        "email\tname\r\n\r\n  a@b.c \t Zoë\r\n".encode(),
    ],
    ids=["plain", "byte-order mark", "utf-16", "windows", "semicolons", "tabs and blanks"],
)
def test_whatever_a_spreadsheet_writes_is_understood(data):
    ((_, values),) = read(data)
    assert values == {"email": "a@b.c", "name": "Zoë"}


def test_rows_have_the_numbers_of_their_lines_and_missing_cells_are_empty():
    assert read(b'email,name\n\na@b.c\n,\n"b\n@c.d",B') == [
        (3, {"email": "a@b.c", "name": ""}),
        (6, {"email": "b @c.d", "name": "B"}),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Missing: email; found: none"),
        (b"mail,name\nx,y\n", "Missing: email; found: mail, name"),
        (b"email,Email\nx,y\n", "twice: email"),
        (b"PK\x03\x04\0\0", "not a CSV file"),
        (b'email\n"a', "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_with_what_is_wrong(data, said):
    with pytest.raises(Invalid, match=said):
        read(data)


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    with pytest.raises(Invalid, match="2 rows at most"):
        read(b"email\na\nb\nc\n")


@given(st.text())
def test_no_cell_is_written_that_a_spreadsheet_would_run(text):
    (cells,) = csv.reader(io.StringIO(sheets.line([text, None, 3]), newline=""))
    assert cells[0].removeprefix("'") == text or cells[0] == text
    assert not cells[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cells[1:] == ["", "3"]


def test_what_was_exported_can_be_imported():
    data = ("email,name\n" + sheets.line(["a@b.c", "=SUM(A1)"])).encode()
    assert read(data) == [(2, {"email": "a@b.c", "name": "=SUM(A1)"})]
