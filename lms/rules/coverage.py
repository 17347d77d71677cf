"""How much of a video somebody has watched: the union of the stretches that her player reports, held to what can be true.

A stretch is `(from, to)` in whole seconds. A report may bring at most as much that is new as time has passed since the
last one, times the highest speed, and some grace for buffers and rounding; what it claims beyond is left out. The grace
is used up by what takes it, and comes back with time that was not needed: many reports in a row bring no more than one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

Stretch = tuple[int, int]
Ranges = tuple[Stretch, ...]

THRESHOLD = 90
"""Percent at which a video counts as watched."""
FASTEST, GRACE = 2.5, 20
MOST_RANGES = 200
"""Stretches that one report, and one row, may hold; the rest of a report is left out, and the shortest of a row."""
EARLIER, NEAR_END = 3, 10
LONGEST = 24 * 60 * 60


@dataclass(frozen=True)
class Watched:
    """What is kept of a person and a video. `player` is a page load; of two, the greater is the newer.

    `grace` are the seconds that are left of it.
    """

    ranges: Ranges = ()
    position: int = 0
    player: str = ""
    seq: int = 0
    grace: int = GRACE


@dataclass(frozen=True)
class Report:
    """What a player says. `elapsed` is what the server's clock says since the last report that it took."""

    player: str
    seq: int
    position: int
    ranges: Ranges
    elapsed: float


def taken_in(before: Watched, report: Report, duration: int) -> Watched:
    """What is watched is kept of every player; where to resume is said by the newest alone, by its latest report."""
    if report.player == before.player and report.seq <= before.seq:
        return before
    most = allowance(report.elapsed, before.grace)
    new = granted(before.ranges, report.ranges, duration, most)
    ranges, grace = union(before.ranges, new), min(GRACE, most - seconds_of(new))
    if report.player < before.player:
        return replace(before, ranges=ranges, grace=grace)
    position = min(max(report.position, 0), duration)
    return Watched(ranges, position, report.player, report.seq, grace)


def allowance(elapsed: float, grace: int) -> int:
    """Seconds that can be new after so many seconds of wall time."""
    return int(max(elapsed, 0) * FASTEST) + grace


def granted(known: Ranges, claimed: Ranges, duration: int, most: int) -> Ranges:
    """The claim without what cannot be: cut to the video, and the new of it, from its beginning, to `most` seconds."""
    allowed: list[Stretch] = []
    left = most
    for start, end in minus(clipped(claimed, duration), known):
        if left <= 0:
            break
        end = min(end, start + left)
        allowed.append((start, end))
        left -= end - start
    return tuple(allowed)


def union(*several: Iterable[Stretch]) -> Ranges:
    """In order, without overlaps; stretches that touch are one."""
    merged: list[Stretch] = []
    for start, end in sorted(stretch for ranges in several for stretch in ranges):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def minus(ranges: Ranges, known: Ranges) -> Ranges:
    """What of `ranges` is not in `known`, in order."""
    rest: list[Stretch] = []
    for start, end in union(ranges):
        for known_start, known_end in union(known):
            if known_end <= start or known_start >= end:
                continue
            if known_start > start:
                rest.append((start, known_start))
            start = max(start, known_end)
        if start < end:
            rest.append((start, end))
    return tuple(rest)


def clipped(ranges: Iterable[Stretch], duration: int) -> Ranges:
    return union((max(start, 0), min(end, duration)) for start, end in ranges)


def seconds_of(ranges: Ranges) -> int:
    return sum(end - start for start, end in ranges)


def percent_of(ranges: Ranges, duration: int) -> int:
    """Floored; 0 for a video whose length nobody knows."""
    return min(100, 100 * seconds_of(clipped(ranges, duration)) // duration) if duration > 0 else 0


def kept(ranges: Ranges) -> Ranges:
    """Not more than a row holds: the longest."""
    if len(ranges) <= MOST_RANGES:
        return ranges
    return tuple(sorted(sorted(ranges, key=lambda stretch: stretch[0] - stretch[1])[:MOST_RANGES]))


def resume_at(position: int, duration: int, *, completed: bool) -> int:
    """A little earlier than where she stopped; from the start when she has seen it, or stopped near the end."""
    if completed or position >= duration - NEAR_END:
        return 0
    return max(position - EARLIER, 0)


def read_ranges(claimed: Any) -> Ranges:
    """From what a browser sent. Raises ValueError for anything that no player says."""
    if not isinstance(claimed, Sequence) or isinstance(claimed, str) or len(claimed) > MOST_RANGES:
        raise ValueError("not a list of stretches")
    return union(_stretch(one) for one in claimed)


def read_second(value: Any) -> int:
    """A moment of a video. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number")
    if not 0 <= value <= LONGEST:
        raise ValueError("not a moment of a video")
    return int(value)


def _stretch(value: Any) -> Stretch:
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        raise ValueError("not a stretch")
    start, end = read_second(value[0]), read_second(value[1])
    if end < start:
        raise ValueError("ends before it begins")
    return start, end
