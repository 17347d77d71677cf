"""The colours of charts stay apart for those who see fewer of them, in both themes."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from django.conf import settings

from core import tokens

TOKENS = tokens.read(Path(settings.BASE_DIR) / "static" / "tokens.json")
LINES = ("chart-1", "chart-2", "chart-3", "chart-before")
# What is left of linear red, green and blue (Machado, Oliveira and Fernandes 2009, severity 1).
SEEN = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
LEAST = 15.0
"""Of a difference (CIE76) of which 2.3 can just be noticed."""


@pytest.mark.parametrize("theme", tokens.THEMES)
@pytest.mark.parametrize("seen", SEEN)
def test_lines_of_a_chart_can_be_told_apart(theme: str, seen: str) -> None:
    colours = dict(tokens.leaves(TOKENS, theme))
    for first, second in itertools.combinations(LINES, 2):
        distance = sum(
            (a - b) ** 2 for a, b in zip(_lab(colours[first], seen), _lab(colours[second], seen), strict=True)
        )
        assert distance**0.5 >= LEAST, f"{first} and {second}"


def _lab(colour: str, seen: str) -> tuple[float, float, float]:
    linear = [_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5)]
    red, green, blue = (
        min(max(sum(part * value for part, value in zip(row, linear, strict=True)), 0), 1) for row in SEEN[seen]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0890
    fx, fy, fz = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
