"""One-pagers and longer papers: a coloured head, three figures, then sections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from content.demo.makers.brand import COMPANY, INK, MUTED, PAPER, Brief, mixed, rgb

_MARGIN = 18
_WIDTH = 210 - 2 * _MARGIN
# The built-in typeface of PDF knows Western letters only.
_PLAIN = str.maketrans({"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "→": ">", "•": "-"})


class _Paper(FPDF):
    def __init__(self, brief: Brief) -> None:
        super().__init__(format="A4")
        self.brief = brief
        self.set_margin(_MARGIN)
        self.set_auto_page_break(True, margin=22)
        self.set_title(_plain(brief.title))
        self.set_author(COMPANY)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("helvetica", size=8)
        self.set_text_color(*rgb(MUTED))
        self.cell(_WIDTH - 20, 6, _plain(f"{COMPANY}  |  {self.brief.line}"))
        self.cell(20, 6, f"Page {self.page_no()}", align="R")


def make(brief: Brief, path: Path) -> None:
    paper = _Paper(brief)
    paper.add_page()
    _head(paper, brief)
    if figures := brief.content.get("figures"):
        _figures(paper, brief, figures)
    for section in brief.content["sections"]:
        _section(paper, brief, section)
    paper.output(str(path))


def _head(paper: _Paper, brief: Brief) -> None:
    paper.set_fill_color(*rgb(mixed(brief.color, INK, 0.45)))
    paper.rect(0, 0, 210, 62, style="F")
    paper.set_fill_color(*rgb(brief.color))
    paper.rect(0, 62, 210, 2.5, style="F")
    paper.set_y(14)
    _write(paper, COMPANY, size=11, color=PAPER, bold=True)
    paper.ln(4)
    _write(paper, brief.title, size=23, color=PAPER, bold=True)
    paper.ln(1)
    _write(paper, brief.summary, size=11, color=mixed(PAPER, brief.color, 0.2))
    paper.set_y(74)


def _figures(paper: _Paper, brief: Brief, figures: list[list[str]]) -> None:
    width, top = _WIDTH / len(figures), paper.get_y()
    for column, (value, label) in enumerate(figures):
        left = _MARGIN + column * width
        paper.set_fill_color(*rgb(mixed(brief.color, PAPER, 0.9)))
        paper.rect(left, top, width - 4, 30, style="F")
        paper.set_xy(left + 4, top + 3)
        _write(paper, value, size=22, color=brief.color, bold=True, width=width - 10)
        paper.set_x(left + 4)
        _write(paper, label, size=9, color=INK, width=width - 10)
    paper.set_y(top + 36)


def _section(paper: _Paper, brief: Brief, section: dict[str, Any]) -> None:
    _write(paper, section["heading"], size=14, color=brief.color, bold=True)
    paper.ln(1)
    if text := section.get("text"):
        _write(paper, text, size=10.5, color=INK)
        paper.ln(1.5)
    for point in section.get("points", ()):
        paper.set_fill_color(*rgb(brief.color))
        paper.circle(_MARGIN + 2.2, paper.get_y() + 2.8, 0.8, style="F")
        paper.set_x(_MARGIN + 6)
        _write(paper, point, size=10.5, color=INK, width=_WIDTH - 6)
        paper.ln(0.8)
    paper.ln(4)


def _write(paper: _Paper, text: str, *, size: float, color: str, bold: bool = False, width: float = _WIDTH) -> None:
    paper.set_font("helvetica", style="B" if bold else "", size=size)
    paper.set_text_color(*rgb(color))
    paper.multi_cell(width, size * 0.5, _plain(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _plain(text: str) -> str:
    return text.translate(_PLAIN).encode("latin-1", "replace").decode("latin-1")
