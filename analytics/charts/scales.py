"""Where a value stands: axes that end on round numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class Scale:
    """From nothing to `top`, with marks at the ticks; both ends are among them."""

    top: int
    ticks: tuple[int, ...]

    def share(self, value: float) -> float:
        """Of the whole height, from 0 to 100; what is beyond an end stands at it."""
        return min(max(100 * value / self.top, 0.0), 100.0)


def scale_to(most: int, wanted: int = 4) -> Scale:
    """The shortest scale that holds `most`, in about so many steps of a whole number that is one, two or five tens."""
    step = nice_step(max(most, 1) / wanted)
    count = max(math.ceil(most / step), 1)
    return Scale(count * step, tuple(step * number for number in range(count + 1)))


def nice_step(rough: float) -> int:
    """The least whole 1, 2 or 5 times a power of ten that is not less. Counts have no fractions."""
    if rough <= 1:
        return 1
    power = int(10 ** math.floor(math.log10(rough)))
    return next(times * power for times in _ROUND if times * power >= rough)


def spread(count: int) -> list[float]:
    """Places for so many points from edge to edge; a single one stands in the middle."""
    if count == 1:
        return [50.0]
    return [100 * number / (count - 1) for number in range(count)]


def picked(count: int, most: int) -> list[int]:
    """So many of the points at most, as evenly apart as they can be, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return [round((count - 1) * number / (most - 1)) for number in range(most)]


def widths(values: Sequence[float], least: float = 0.0) -> list[str]:
    """Of bars that begin at the same edge; the longest has the whole width, and what is there at all can be seen."""
    most = max(values, default=0) or 1
    return [percent(max(100 * value / most, least)) if value > 0 else "0%" for value in values]


def number(value: float) -> str:
    """For paths: a thousandth of the width is less than what can be seen; with a point in every language."""
    return f"{value:.1f}".removesuffix(".0")


def percent(value: float) -> str:
    return f"{number(value)}%"
