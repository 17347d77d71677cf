"""Courses that come before others must lead to an end: nothing may be its own prerequisite, however far away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def cycle_through(start: str, before: Mapping[str, Sequence[str]]) -> list[str]:
    """A way from `start` over its prerequisites back to itself, without the last step; empty when there is none."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        for prerequisite in before.get(way[-1], ()):
            if prerequisite == start:
                return way
            if prerequisite not in seen:
                seen.add(prerequisite)
                ways.append([*way, prerequisite])
    return []
