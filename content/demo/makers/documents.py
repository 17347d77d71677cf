"""Playbooks and letters: a title block, then headed sections with text and points."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Pt, RGBColor

from content.demo.makers.brand import COMPANY, INK, MUTED, Brief, rgb


def make(brief: Brief, path: Path) -> None:
    document = Document()
    document.core_properties.title = brief.title
    document.core_properties.author = COMPANY
    _set_type(document, brief)
    _line(document, f"{COMPANY}  |  {brief.line}", size=9, color=brief.color, bold=True)
    _line(document, brief.title, size=26, color=INK, bold=True)
    _line(document, brief.summary, size=12, color=MUTED)
    for section in brief.content["sections"]:
        _section(document, section)
    document.save(str(path))


def _set_type(document: Any, brief: Brief) -> None:
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    heading = document.styles["Heading 1"].font
    heading.name, heading.size, heading.color.rgb = "Calibri", Pt(16), RGBColor(*rgb(brief.color))


def _line(document: Any, text: str, *, size: int, color: str, bold: bool = False) -> None:
    run = document.add_paragraph().add_run(text)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor(*rgb(color))


def _section(document: Any, section: dict[str, Any]) -> None:
    document.add_heading(section["heading"], level=1)
    if text := section.get("text"):
        document.add_paragraph(text)
    for point in section.get("points", ()):
        document.add_paragraph(point, style="List Bullet")
