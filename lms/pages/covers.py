"""The drawing that stands for a course without a picture: hills, and a way over them to a goal.

It follows from the course's id alone, so that the same course looks the same everywhere, and two beside each other do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from random import Random

WIDTH, HEIGHT = 320, 120


@dataclass(frozen=True)
class Point:
    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    """Paths as SVG writes them. `far` is empty where there is only one row of hills."""

    sun: Point
    sun_radius: int
    far: str
    near: str
    way: str
    stops: Sequence[Point]
    goal: Point


@lru_cache(maxsize=2000)
def drawing_of(seed: str) -> Drawing:
    dice = Random(sha256(seed.encode()).digest())  # noqa: S311  (a picture, nothing secret)
    stops = [*_stops(dice)]
    return Drawing(
        sun=Point(dice.randrange(40, 290, 10), dice.randrange(20, 60, 4)),
        sun_radius=dice.randrange(36, 84, 6),
        far=_hills(dice, 44, 78) if dice.random() < 0.6 else "",
        near=_hills(dice, 74, 104),
        way=_curve(stops),
        stops=tuple(stops[:-1]),
        goal=stops[-1],
    )


def _stops(dice: Random) -> Iterator[Point]:
    """From low at the left to high at the right, with a dip or a rest between."""
    count = dice.choice((3, 3, 4, 5))
    left, right = dice.randrange(24, 48, 4), dice.randrange(240, 296, 4)
    low, high = dice.randrange(82, 100, 3), dice.randrange(22, 42, 3)
    for number in range(count):
        share = number / (count - 1)
        between = 0 < number < count - 1
        wander = dice.randrange(-14, 15, 2) if between else 0
        yield Point(round(left + (right - left) * share), round(low + (high - low) * share) + wander)


def _hills(dice: Random, top: int, bottom: int) -> str:
    """Three to five crests and dips by turns, filled down to the lower edge."""
    count = dice.choice((3, 4, 5))
    up = dice.random() < 0.5
    crest = [
        Point(round(WIDTH * number / count), _height(dice, top, bottom, up=up is (number % 2 == 0)))
        for number in range(count + 1)
    ]
    return f"{_curve(crest)} V{HEIGHT} H0 Z"


def _height(dice: Random, top: int, bottom: int, *, up: bool) -> int:
    middle = (top + bottom) // 2
    return dice.randint(top, middle) if up else dice.randint(middle, bottom)


def _curve(points: Sequence[Point]) -> str:
    """Level at each point, so that nothing has a corner."""
    parts = [f"M{points[0].x} {points[0].y}"]
    for start, end in pairwise(points):
        half = (start.x + end.x) // 2
        parts.append(f"C{half} {start.y} {half} {end.y} {end.x} {end.y}")
    return " ".join(parts)
