"""Slides: a designed title, then one slide for each entry of `slides`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches, Pt

from content.demo.makers.brand import COMPANY, INK, LINE, MIST, MUTED, PAPER, Brief, mixed, rgb

_WIDTH, _HEIGHT = 13.333, 7.5
_BLANK = 6


def make(brief: Brief, path: Path) -> None:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    _title_slide(_new_slide(deck), brief)
    slides = brief.content["slides"]
    for number, entry in enumerate(slides, start=2):
        slide = _new_slide(deck)
        _head_and_foot(slide, brief, entry["title"], number)
        _body(slide, brief, entry)
    deck.core_properties.title = brief.title
    deck.core_properties.author = COMPANY
    deck.save(str(path))


def _new_slide(deck: Any) -> Any:
    return deck.slides.add_slide(deck.slide_layouts[_BLANK])


def _title_slide(slide: Any, brief: Brief) -> None:
    _block(slide, 0, 0, _WIDTH, _HEIGHT, mixed(brief.color, INK, 0.55))
    _block(slide, 9.4, 0, _WIDTH - 9.4, _HEIGHT, brief.color)
    _block(slide, 0.8, 4.75, 1.1, 0.06, PAPER)
    _text(slide, (0.8, 0.6, 8, 0.6), COMPANY, size=20, color=PAPER, bold=True)
    _text(slide, (0.8, 2.0, 8.2, 2.6), brief.title, size=40, color=PAPER, bold=True)
    _text(slide, (0.8, 5.0, 8.2, 1.2), brief.summary, size=18, color=mixed(PAPER, brief.color, 0.25))
    _text(slide, (9.8, 6.5, 3.2, 0.6), brief.line, size=13, color=PAPER)


def _head_and_foot(slide: Any, brief: Brief, title: str, number: int) -> None:
    _block(slide, 0, 0, 0.22, _HEIGHT, brief.color)
    _text(slide, (0.8, 0.5, 11.6, 1.1), title, size=30, color=INK, bold=True)
    _block(slide, 0.85, 6.75, 11.6, 0.015, LINE)
    _text(slide, (0.8, 6.82, 9, 0.4), f"{COMPANY}  |  {brief.line}", size=11, color=MUTED)
    _text(slide, (11.9, 6.82, 0.8, 0.4), str(number), size=11, color=MUTED)


def _body(slide: Any, brief: Brief, entry: dict[str, Any]) -> None:
    if "figures" in entry:
        _figures(slide, brief, entry["figures"])
    elif "quote" in entry:
        _block(slide, 0.85, 2.0, 11.6, 3.4, MIST)
        _text(slide, (1.3, 2.3, 10.8, 2.0), f"“{entry['quote']}”", size=26, color=INK)
        _text(slide, (1.3, 4.6, 10.8, 0.6), entry["by"], size=16, color=brief.color, bold=True)
    else:
        _points(slide, brief, entry["points"])


def _figures(slide: Any, brief: Brief, figures: list[list[str]]) -> None:
    width = 11.6 / len(figures)
    for column, (value, label) in enumerate(figures):
        left = 0.85 + column * width
        _block(slide, left, 2.2, width - 0.3, 3.2, mixed(brief.color, PAPER, 0.9))
        _text(slide, (left + 0.3, 2.5, width - 0.9, 1.2), value, size=48, color=brief.color, bold=True)
        _text(slide, (left + 0.3, 3.8, width - 0.9, 1.4), label, size=18, color=INK)


def _points(slide: Any, brief: Brief, points: list[str]) -> None:
    for row, point in enumerate(points):
        top = 1.95 + row * (4.6 / max(4, len(points)))
        dot = slide.shapes.add_shape(MSO_SHAPE.OVAL, Inches(0.9), Inches(top + 0.14), Inches(0.18), Inches(0.18))
        _fill(dot, brief.color)
        _text(slide, (1.3, top, 11.0, 0.9), point, size=20, color=INK)


def _block(slide: Any, left: float, top: float, width: float, height: float, color: str) -> None:
    size = (Inches(left), Inches(top), Inches(width), Inches(height))
    _fill(slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *size), color)


def _fill(shape: Any, color: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(*rgb(color))
    shape.line.fill.background()
    shape.shadow.inherit = False


def _text(
    slide: Any, box: tuple[float, float, float, float], text: str, *, size: int, color: str, bold: bool = False
) -> None:
    frame = slide.shapes.add_textbox(*(Inches(side) for side in box)).text_frame
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = RGBColor(*rgb(color))
