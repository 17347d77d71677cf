"""Options as rows of a file: CSV for spreadsheets, JSON for programs, the same columns in both."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.errors import Invalid

COLUMNS = ("option_id", "group", "label", "parent", "color", "sort_order", "archived", "slug")
REQUIRED = ("group", "label")
_ALSO_CALLED = {"colour": "color", "name": "label", "id": "option_id", "order": "sort_order"}
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_KEPT = re.compile(r"'+[=+\-@\t\r]")
_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Row:
    """`values` has the columns that the file has; `number` is where a person finds it, the heading being row 1."""

    number: int
    values: Mapping[str, str]
    problem: str = ""


def to_csv(rows: Iterable[Mapping[str, str]]) -> str:
    """With a byte-order mark, by which Excel knows UTF-8; nothing in it can run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(row[column]) for column in COLUMNS] for row in rows)
    return "\ufeff" + out.getvalue()


def to_json(rows: Iterable[Mapping[str, str]]) -> str:
    return json.dumps({"options": list(rows)}, ensure_ascii=False, indent=2) + "\n"


def harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_written(cell: str) -> str:
    """What `harmless` was given."""
    return cell[1:] if _KEPT.match(cell) else cell


def read(data: bytes, *, is_json: bool, most: int) -> list[Row]:
    """Raises Invalid for a file that cannot be read as a whole; what is wrong in one row stands in that row."""
    text = decoded(data)
    rows = _json_rows(text) if is_json else _csv_rows(text)
    found: list[Row] = []
    for row in rows:
        if len(found) == most:
            raise Invalid(f"The file has more than {most} rows. Split it, and bring the parts in one after the other.")
        found.append(row)
    if not found:
        raise Invalid("The file has no rows below its heading.")
    return found


def decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Invalid(
            f"Line {line} is not written in UTF-8. In Excel, save the file as “CSV UTF-8 (comma delimited)”."
        ) from error
    if "\0" in text:
        raise Invalid("This is not a text file. Save it as CSV (UTF-8) or JSON, and try again.")
    return text


def _csv_rows(text: str) -> Iterator[Row]:
    heading = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = _columns(next(reader, []))
        for number, cells in enumerate(reader, 2):
            if any(cell.strip() for cell in cells):
                problem = "It has more cells than there are columns." if len(cells) > len(columns) else ""
                values = dict(zip(columns, map(as_written, map(str.strip, cells)), strict=False))
                yield Row(number, {column: values.get(column, "") for column in columns}, problem)
    except csv.Error as error:
        raise Invalid(f"Line {reader.line_num} cannot be read as CSV: {error}.") from error


def _columns(names: Sequence[str]) -> list[str]:
    plain = [name.strip().lower().replace(" ", "_") for name in names]
    columns = [_ALSO_CALLED.get(name, name) for name in plain]
    if missing := [name for name in REQUIRED if name not in columns]:
        raise Invalid(f"The column “{missing[0]}” is missing. The first line names the columns: {', '.join(COLUMNS)}.")
    if unknown := [name for name in columns if name not in COLUMNS]:
        raise Invalid(f"“{unknown[0]}” is not a column. The columns are {', '.join(COLUMNS)}.")
    if len(set(columns)) < len(columns):
        raise Invalid("A column stands in the file twice.")
    return columns


def _json_rows(text: str) -> Iterator[Row]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"This is not JSON: {error}.") from error
    listed = data.get("options") if isinstance(data, dict) else data
    if not isinstance(listed, list):
        raise Invalid('The file must be a list of options, or {"options": […]}.')
    for number, entry in enumerate(listed, 1):
        yield _json_row(number, entry)


def _json_row(number: int, entry: object) -> Row:
    if not isinstance(entry, dict):
        return Row(number, {}, "It is not an object.")
    values = {_ALSO_CALLED.get(str(name), str(name)): _text(value) for name, value in entry.items()}
    unknown = [name for name in values if name not in COLUMNS]
    missing = [name for name in REQUIRED if name not in values]
    if unknown or missing:
        return Row(number, {}, f"“{(unknown + missing)[0]}” is {'not known' if unknown else 'missing'}.")
    return Row(number, values)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)
