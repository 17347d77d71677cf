"""Where everything stands on a certificate. Millimetres on A4 landscape; sizes of type in points."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno
from django.conf import settings
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue
from fpdf.svg import SVGObject

from lms.certificate_pdf.colours import palette
from lms.certificate_pdf.fonts import SANS, SERIF, add_fonts, printable

_LEFT, _WIDTH = 102.0, 172.0
_BAND_MIDDLE, _QR = 41.0, 34.0
_LINE = 0.352778 * 1.3
"""Height of a line of text, in millimetres per point."""
_NAME = ((40, 1), (36, 1), (32, 1), (28, 1), (26, 2), (23, 2), (20, 2), (17, 3))
_TITLE = ((26, 1), (23, 2), (20, 2), (18, 3), (15, 3), (13, 4))
"""Sizes to try, and on how many lines each may stand."""
_ACCENT, _INK, _MUTED, _FAINT = "indigo-600", "grey-900", "grey-600", "grey-500"


@dataclass(frozen=True)
class Printed:
    """All that is printed. `facts` are pairs of what it is and how it is; `address` is where it can be verified."""

    name: str
    title: str
    facts: Sequence[tuple[str, str]]
    code: str
    address: str
    issuer: str
    issued_at: datetime


def draw(printed: Printed) -> bytes:
    """The PDF. Its date and its id follow from what is printed, so drawing it again gives the same bytes."""
    name, title = printable(printed.name) or "The holder of this certificate", printable(printed.title)
    pdf = FPDF(orientation="landscape", unit="mm", format="A4")
    _describe(pdf, printed, title)
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.add_page()
    add_fonts(pdf, [name, title, printed.issuer])
    pdf.set_text_shaping(True)
    _ornament().draw_to_page(pdf)
    _headline(pdf, printed)
    _words(pdf, name, title)
    _facts(pdf, printed)
    _proof(pdf, printed)
    return bytes(pdf.output())


def _describe(pdf: FPDF, printed: Printed, title: str) -> None:
    pdf.set_creation_date(printed.issued_at)
    pdf.set_title(f"Certificate: {title}")
    pdf.set_author(printed.issuer)
    pdf.set_creator("Enablement Portal")
    pdf.set_producer("Enablement Portal")
    pdf.set_lang("en")


@functools.cache
def _ornament_text() -> str:
    return Path(settings.BASE_DIR, "static", "img", "certificate.svg").read_text(encoding="utf-8")


def _ornament() -> SVGObject:
    return SVGObject(_ornament_text())


def _headline(pdf: FPDF, printed: Printed) -> None:
    _label(pdf, "Certificate of completion", _LEFT, 27, size=11, colour_of=_ACCENT, spacing=1.6)
    _text(pdf, printed.issuer, SANS, 11, _MUTED, _LEFT, 34)


def _words(pdf: FPDF, name: str, title: str) -> None:
    """Name and title take the room they need: smaller, then on more lines; what follows moves down."""
    _text(pdf, "This certifies that", SANS, 13, _MUTED, _LEFT, 60)
    below = _fitted(pdf, name, SERIF, _INK, top=69, steps=_NAME)
    pdf.set_fill_color(palette()["amber-300"])
    pdf.rect(_LEFT, below + 4, 24, 0.9, style="F")
    _text(pdf, "has completed the course", SANS, 13, _MUTED, _LEFT, below + 11)
    _fitted(pdf, title, SERIF, "indigo-800", top=below + 20, steps=_TITLE)


def _facts(pdf: FPDF, printed: Printed) -> None:
    pdf.set_draw_color(palette()["grey-200"])
    pdf.set_line_width(0.25)
    pdf.line(_LEFT, 167, _LEFT + _WIDTH, 167)
    step = _WIDTH / max(4, len(printed.facts))
    for place, (label, text) in enumerate(printed.facts):
        _label(pdf, label, _LEFT + place * step, 173, size=7.5, colour_of=_FAINT, spacing=0.6)
        _text(pdf, text, SANS, 12, _INK, _LEFT + place * step, 178)
    _text(pdf, "Dates are in UTC.", SANS, 7.5, _FAINT, _LEFT, 192)


def _proof(pdf: FPDF, printed: Printed) -> None:
    """The QR code and what to type where there is no camera."""
    left, top = _BAND_MIDDLE - _QR / 2, 134.0
    pdf.set_fill_color(palette()["grey-0"])
    pdf.rect(left, top, _QR, _QR, style="F", round_corners=True, corner_radius=2)
    pdf.set_fill_color(palette()["indigo-900"])
    _qr(pdf, printed.address, left + 2.5, top + 2.5, _QR - 5)
    pdf.link(left, top, _QR, _QR, printed.address)
    shown = printed.address.split("://", 1)[-1].removesuffix("/").removesuffix(printed.code)
    _centred(pdf, "Verify this certificate at", 8, "indigo-200", 172)
    _centred(pdf, shown, 8, "grey-0", 176.5)
    groups = printed.code.split("-")
    _centred(pdf, " ".join(groups[:4]), 9.5, "amber-300", 184, spacing=0.5)
    _centred(pdf, " ".join(groups[4:]), 9.5, "amber-300", 189.5, spacing=0.5)


def _qr(pdf: FPDF, text: str, left: float, top: float, size: float) -> None:
    rows = [bytes(row) for row in segno.make(text, micro=False, error="m").matrix]
    side = size / len(rows)
    for y, row in enumerate(rows):
        start = 0
        while (start := row.find(1, start)) >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            # A hair wider and higher than its place, so that no viewer draws seams between the rows.
            pdf.rect(left + start * side, top + y * side, (end - start) * side, side + 0.02, style="F")
            start = end


def _fitted(pdf: FPDF, text: str, font: str, tone: str, *, top: float, steps: Sequence[tuple[int, int]]) -> float:
    """In the first of the sizes in which it takes no more than its lines; gives where it ends."""
    for size, most in steps:
        pdf.set_font(font, size=size)
        broken = _lines(pdf, text, size)
        if len(broken) <= most:
            break
    else:
        text = " ".join(broken[:most])[:-1].rstrip() + "…"
    pdf.set_text_color(palette()[tone])
    pdf.set_xy(_LEFT - 1, top)
    pdf.multi_cell(_WIDTH + 1, size * _LINE, text, align=Align.L)
    return float(pdf.get_y())


def _lines(pdf: FPDF, text: str, size: int) -> list[str]:
    found = pdf.multi_cell(_WIDTH, size * _LINE, text, align=Align.L, dry_run=True, output=MethodReturnValue.LINES)
    assert isinstance(found, list)  # as asked for by `output`
    return found


def _text(pdf: FPDF, text: str, font: str, size: float, tone: str, left: float, top: float) -> None:
    pdf.set_font(font, size=size)
    pdf.set_text_color(palette()[tone])
    pdf.set_xy(left - 1, top)  # the cell's own margin
    pdf.cell(text=text)


def _label(pdf: FPDF, text: str, left: float, top: float, *, size: float, colour_of: str, spacing: float) -> None:
    pdf.set_char_spacing(spacing)
    _text(pdf, text.upper(), SANS, size, colour_of, left, top)
    pdf.set_char_spacing(0)


def _centred(pdf: FPDF, text: str, size: float, tone: str, top: float, *, spacing: float = 0) -> None:
    pdf.set_font(SANS, size=size)
    pdf.set_char_spacing(spacing)
    pdf.set_text_color(palette()[tone])
    pdf.set_xy(0, top)
    pdf.cell(2 * _BAND_MIDDLE, text=text, align=Align.C)
    pdf.set_char_spacing(0)
