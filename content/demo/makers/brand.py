"""What all demo files share: the company's colours and type, and the brief that each maker works from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from PIL import ImageColor, ImageDraw, ImageFont

COMPANY = "Gravyty"
INK = "#1c2333"
MUTED = "#5b6479"
PAPER = "#ffffff"
MIST = "#f3f5f9"
LINE = "#d9dee8"

Rgb = tuple[int, int, int]
Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class Brief:
    """`content` is the part of the library's data that only this format understands."""

    title: str
    summary: str
    suite: str
    product: str
    hue: str
    content: Mapping[str, Any]

    @property
    def color(self) -> str:
        return hues()[self.hue]

    @property
    def line(self) -> str:
        return f"{self.suite}  |  {self.product}" if self.product else self.suite


@cache
def hues() -> dict[str, str]:
    tokens = json.loads((settings.BASE_DIR / "static" / "tokens.json").read_text())
    return {name: token["$value"] for name, token in tokens["hue"].items() if not name.startswith("$")}


def rgb(color: str) -> Rgb:
    red, green, blue = ImageColor.getrgb(color)[:3]
    return red, green, blue


def mixed(color: str, other: str, share: float) -> str:
    """`color` with that share (0 to 1) of `other` in it."""
    pairs = zip(rgb(color), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@cache
def font(size: int) -> Font:
    """Pillow's own typeface: the same on every machine."""
    found = ImageFont.load_default(size)
    assert isinstance(found, Font)
    return found


def wrapped(text: str, letters: Font, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and letters.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def write_lines(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, *, size: int, width: int, color: str) -> int:
    """Draws the text in lines no wider than `width`; returns where the next line would begin."""
    x, y = at
    for line in wrapped(text, font(size), width):
        draw.text((x, y), line, font=font(size), fill=color)
        y += round(size * 1.35)
    return y
