"""Price sheets and calculators: one worksheet for each entry of `sheets`, formulas included."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from content.demo.makers.brand import COMPANY, INK, MUTED, PAPER, Brief

_FIRST_ROW = 5
_WIDTHS = (12, 46)


def make(brief: Brief, path: Path) -> None:
    book = Workbook()
    book.properties.title, book.properties.creator = brief.title, COMPANY
    book.remove(book.worksheets[0])
    for entry in brief.content["sheets"]:
        _fill(book.create_sheet(entry["name"]), brief, entry)
    book.save(path)


def _fill(sheet: Any, brief: Brief, entry: dict[str, Any]) -> None:
    sheet.sheet_view.showGridLines = False
    sheet["A1"], sheet["A2"] = brief.title, entry.get("note", brief.summary)
    sheet["A1"].font = Font(size=18, bold=True, color=_argb(INK))
    sheet["A2"].font = Font(size=10, italic=True, color=_argb(MUTED))
    _row(sheet, _FIRST_ROW - 1, entry["columns"])
    for cell in sheet[_FIRST_ROW - 1]:
        cell.font = Font(bold=True, color=_argb(PAPER))
        cell.fill = PatternFill("solid", fgColor=_argb(brief.color))
    for number, values in enumerate(entry["rows"], start=_FIRST_ROW):
        _row(sheet, number, values)
    _set_widths(sheet, entry)
    sheet.freeze_panes = f"A{_FIRST_ROW}"


def _row(sheet: Any, number: int, values: list[Any]) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column, value)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if isinstance(value, int | float) and value >= 1000:
            cell.number_format = '"$"#,##0'


def _set_widths(sheet: Any, entry: dict[str, Any]) -> None:
    least, most = _WIDTHS
    for column, name in enumerate(entry["columns"]):
        longest = max(len(str(text)) for text in (name, *(row[column] for row in entry["rows"])))
        sheet.column_dimensions[get_column_letter(column + 1)].width = max(least, min(most, longest + 3))


def _argb(color: str) -> str:
    return "FF" + color.removeprefix("#").upper()
