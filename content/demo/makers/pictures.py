"""Diagrams, charts and screens, drawn: `steps`, `bars` or `screen` says which."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from content.demo.makers.brand import (
    COMPANY,
    INK,
    LINE,
    MIST,
    MUTED,
    PAPER,
    Brief,
    font,
    mixed,
    write_lines,
)

_SIZE = (1280, 720)
_LEFT, _WIDTH = 64, 1280 - 128


def make(brief: Brief, path: Path) -> None:
    image = Image.new("RGB", _SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _SIZE[0], 10), fill=brief.color)
    y = write_lines(draw, (_LEFT, 44), brief.title, size=38, width=_WIDTH, color=INK)
    write_lines(draw, (_LEFT, y + 4), brief.summary, size=20, width=_WIDTH, color=MUTED)
    draw.text((_LEFT, 672), f"{COMPANY}  |  {brief.line}", font=font(16), fill=MUTED)
    if "steps" in brief.content:
        _steps(draw, brief, brief.content["steps"])
    elif "bars" in brief.content:
        _bars(draw, brief, brief.content["bars"])
    else:
        _screen(draw, brief, brief.content["screen"])
    image.quantize(64).save(path, optimize=True)


def _steps(draw: ImageDraw.ImageDraw, brief: Brief, steps: list[list[str]]) -> None:
    """Boxes from left to right with an arrow between each two."""
    gap = 44
    width = (_WIDTH - gap * (len(steps) - 1)) // len(steps)
    for number, (name, detail) in enumerate(steps):
        left = _LEFT + number * (width + gap)
        draw.rounded_rectangle((left, 260, left + width, 560), 14, fill=mixed(brief.color, PAPER, 0.88))
        draw.rounded_rectangle((left, 260, left + width, 274), 7, fill=brief.color)
        draw.text((left + 18, 290), str(number + 1), font=font(40), fill=brief.color)
        y = write_lines(draw, (left + 18, 350), name, size=24, width=width - 36, color=INK)
        write_lines(draw, (left + 18, y + 8), detail, size=17, width=width - 36, color=MUTED)
        if number:
            draw.polygon([(left - 32, 398), (left - 12, 410), (left - 32, 422)], fill=brief.color)


def _bars(draw: ImageDraw.ImageDraw, brief: Brief, bars: list[list[Any]]) -> None:
    highest = max(value for _, value, _ in bars)
    step = 400 // len(bars)
    for number, (name, value, shown) in enumerate(bars):
        top = 230 + number * step
        length = round(760 * value / highest)
        color = brief.color if value == highest else mixed(brief.color, PAPER, 0.45)
        draw.text((_LEFT, top + step // 2 - 22), name, font=font(20), fill=INK)
        draw.rounded_rectangle((330, top, 330 + length, top + step - 22), 8, fill=color)
        draw.text((344 + length, top + step // 2 - 22), shown, font=font(20), fill=INK)


def _screen(draw: ImageDraw.ImageDraw, brief: Brief, rows: list[list[str]]) -> None:
    """A window with a side bar and a list: name at the left, state at the right of each row."""
    draw.rounded_rectangle((_LEFT, 220, _LEFT + _WIDTH, 640), 12, fill=PAPER, outline=LINE, width=2)
    draw.rounded_rectangle((_LEFT + 2, 222, _LEFT + 210, 638), 12, fill=MIST)
    for number, name in enumerate(("Today", "People", "Plans", "Reports")):
        color = brief.color if number == 0 else MUTED
        draw.text((_LEFT + 28, 250 + number * 46), name, font=font(19), fill=color)
    height = 380 // len(rows)
    for number, (name, state) in enumerate(rows):
        top = 240 + number * height
        draw.ellipse((_LEFT + 240, top + 12, _LEFT + 276, top + 48), fill=mixed(brief.color, PAPER, 0.6))
        draw.text((_LEFT + 296, top + 18), name, font=font(19), fill=INK)
        width = round(font(16).getlength(state)) + 28
        right = _LEFT + _WIDTH - 28
        draw.rounded_rectangle((right - width, top + 14, right, top + 46), 16, fill=mixed(brief.color, PAPER, 0.85))
        draw.text((right - width + 14, top + 20), state, font=font(16), fill=mixed(brief.color, INK, 0.3))
        draw.line((_LEFT + 240, top + height - 4, right, top + height - 4), fill=LINE)
