"""Tables in files, as spreadsheets write and read them: CSV in whatever encoding, with whatever separator."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import Invalid

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_SEPARATORS = (",", ";", "\t")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MAX_ROWS = 100_000
MARK = codecs.BOM_UTF8.decode()
"""To stand first in a file for Excel, which takes it for another encoding without."""


@dataclass(frozen=True)
class Row:
    """`number` is the line in the file, as an editor counts it. Missing cells are empty."""

    number: int
    values: Mapping[str, str]


def rows(data: bytes, *, columns: Iterable[str], optional: Iterable[str] = ()) -> Iterator[Row]:
    """The rows that are not empty, by the names of their columns in lower case; further columns are left out.

    Raises Invalid when a column is missing, a name stands twice, it is no table at all, or there are too many rows.
    """
    text = decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    wanted = list(columns)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        _check(header, wanted)
        places = {name: header.index(name) for name in [*wanted, *optional] if name in header}
        for count, cells in enumerate(_filled(reader)):
            if count >= MAX_ROWS:
                raise Invalid(f"A file can have {MAX_ROWS:,} rows at most. Split it.")
            yield Row(reader.line_num, {name: _cell(cells, place) for name, place in places.items()})
    except csv.Error as error:
        raise Invalid(f"Line {reader.line_num} cannot be read as CSV: {error}.") from error


def line(cells: Sequence[Any]) -> str:
    """One line of CSV. What a spreadsheet would run as a formula is made a text."""
    written = io.StringIO()
    csv.writer(written).writerow([neutral(cell) for cell in cells])
    return written.getvalue()


def neutral(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(cells: Sequence[str], place: int) -> str:
    """Without the mark that `neutral` set, so that what was exported can be imported."""
    text = cells[place] if place < len(cells) else ""
    text = text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text
    return " ".join(text.split())


def _filled(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    return (cells for cells in reader if any(cell.strip() for cell in cells))


def _check(header: Sequence[str], wanted: Sequence[str]) -> None:
    if missing := [name for name in wanted if name not in header]:
        found = ", ".join(name for name in header if name) or "none"
        named = f"column{'s' * (len(wanted) > 1)} {', '.join(wanted)}"
        raise Invalid(f"The first line must name the {named}. Missing: {', '.join(missing)}; found: {found}.")
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise Invalid(f"The first line names a column twice: {', '.join(twice)}.")


def decoded(data: bytes) -> str:
    """Spreadsheets on Windows still write the code page of Western Europe when asked for plain CSV."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise Invalid("This is not a CSV file. Export it from your spreadsheet as CSV (UTF-8).")
    return text


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(_SEPARATORS, key=first.count)
