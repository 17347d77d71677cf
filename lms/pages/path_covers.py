"""The drawing that stands for a path: terraces, a stop on each, and a way over them to the goal.

It follows from the path alone: as many terraces as it has steps, and what its id gives. A course's has hills instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from random import Random

from lms.pages.covers import HEIGHT, WIDTH, Drawing, Point

FEWEST, MOST = 3, 7
_STOP_ABOVE, _LOWEST, _HIGHEST = 13, 106, 38


@lru_cache(maxsize=2000)
def path_drawing_of(seed: str, steps: int) -> Drawing:
    dice = Random(sha256(f"path:{seed}".encode()).digest())  # noqa: S311  (a picture, nothing secret)
    edges = _edges(dice, min(max(steps, FEWEST), MOST))
    heights = _heights(dice, len(edges) - 1)
    stops = [
        Point((left + right) // 2, height - _STOP_ABOVE)
        for (left, right), height in zip(pairwise(edges), heights, strict=True)
    ]
    shape = dice.choice(_SHAPES)
    return Drawing(
        sun=Point(dice.randrange(30, 230, 10), dice.randrange(18, 56, 4)),
        sun_radius=dice.randrange(28, 76, 6),
        far=_filled(_stairs(_edges(dice, 4), [y - dice.randrange(16, 34, 2) for y in _heights(dice, 4)]))
        if dice.random() < 0.5
        else "",
        near=_filled(shape(edges, heights)),
        way="M" + " L".join(f"{stop.x} {stop.y}" for stop in stops),
        stops=tuple(stops[:-1]),
        goal=stops[-1],
    )


def _edges(dice: Random, count: int) -> list[int]:
    """Where terraces begin and end: of different widths, none too narrow for its stop."""
    widths = [dice.randint(80, 140) for _ in range(count)]
    total, edges, passed = sum(widths), [0], 0
    for width in widths:
        passed += width
        edges.append(round(WIDTH * passed / total))
    return edges


def _heights(dice: Random, count: int) -> list[int]:
    """Rising to the right, by steps of different height."""
    rises = [dice.randint(60, 140) for _ in range(count - 1)]
    low, high = dice.randrange(_LOWEST - 12, _LOWEST, 3), dice.randrange(_HIGHEST, _HIGHEST + 16, 4)
    passed, heights = 0, [low]
    for rise in rises:
        passed += rise
        heights.append(round(low - (low - high) * passed / sum(rises)))
    return heights


def _stairs(edges: Sequence[int], heights: Sequence[int]) -> str:
    return " ".join(f"V{height} H{right}" for height, right in zip(heights, edges[1:], strict=True))


def _ramps(edges: Sequence[int], heights: Sequence[int]) -> str:
    """Each rise is a slope over the first part of its terrace."""
    parts = [f"V{heights[0]} H{edges[1]}"]
    for (left, right), height in zip(pairwise(edges[1:]), heights[1:], strict=True):
        parts.append(f"L{left + (right - left) // 4} {height} H{right}")
    return " ".join(parts)


def _banks(edges: Sequence[int], heights: Sequence[int]) -> str:
    """Each rise is a curve, level below and above."""
    parts = [f"V{heights[0]} H{edges[1] - 8}"]
    for (left, right), (below, height) in zip(pairwise(edges[1:]), pairwise(heights), strict=True):
        parts.append(f"C{left + 4} {below} {left - 4} {height} {left + 8} {height} H{right - 8}")
    return " ".join([*parts, f"H{edges[-1]}"])


_SHAPES: tuple[Callable[[Sequence[int], Sequence[int]], str], ...] = (_stairs, _ramps, _banks)


def _filled(line: str) -> str:
    return f"M0 {HEIGHT} {line} V{HEIGHT} Z"
