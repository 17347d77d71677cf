"""How many of those who began came how far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.scales import percent


@dataclass(frozen=True)
class Step:
    """`of_all` and `of_last` are whole percents of those who began, and of those at the step before."""

    name: str
    count: int
    width: str
    of_all: int
    of_last: int
    lost: int


def funnel(steps: Sequence[tuple[str, int]]) -> list[Step]:
    """A later step may have more than one before it, by people who came in on the way: its bar ends at the edge."""
    first = steps[0][1] if steps else 0
    found: list[Step] = []
    for name, count in steps:
        before = found[-1].count if found else count
        share = 100 * count / first if first else 0.0
        found.append(
            Step(name, count, percent(min(share, 100.0)), whole(count, first), whole(count, before), before - count)
        )
    return found


def whole(part: int, of: int) -> int:
    """In whole percents; only what is all is 100, and only what is nothing is 0."""
    if not of or not part:
        return 0
    share = round(100 * part / of)
    if part < of:
        return min(max(share, 1), 99)
    return share
