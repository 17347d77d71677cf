"""How far somebody is in a course, computed from what counts now. One function for courses and for paths.

The percentage is floored, and 100 only when nothing is missing. Optional lessons never count, and rows of lessons that
are gone stay without counting.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lms.enums import ProgressStatus
from lms.rules.outline import Entry, Outline


@dataclass(frozen=True)
class Rollup:
    done: int
    required: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.required if self.required else 0

    @property
    def complete(self) -> bool:
        return self.required > 0 and self.done == self.required


@dataclass(frozen=True)
class Standing:
    """What a person's row says of a lesson, as far as it belongs to the present cycle."""

    status: ProgressStatus
    course_version: int = 0
    percent: int = 0


NOT_STARTED = Standing(ProgressStatus.NOT_STARTED)


def rollup(required: Collection[str], done: Collection[str]) -> Rollup:
    """Of the required ones, how many are done. Both are sets of ids."""
    wanted = frozenset(required)
    return Rollup(len(wanted.intersection(done)), len(wanted))


def standing_of(entry: Entry, rows: Mapping[str, Standing], *, finished: bool = False) -> Standing:
    """A lesson to be done again counts as begun anew, unless the person had `finished` the course before."""
    standing = rows.get(entry.lesson_id, NOT_STARTED)
    if standing.course_version < entry.redo_from and not finished:
        return NOT_STARTED
    return standing


def course_rollup(outline: Outline, rows: Mapping[str, Standing], *, finished: bool = False) -> Rollup:
    done = {
        entry.lesson_id
        for entry in outline.required
        if standing_of(entry, rows, finished=finished).status is ProgressStatus.COMPLETED
    }
    return rollup([entry.lesson_id for entry in outline.required], done)


def next_lesson(outline: Outline, rows: Mapping[str, Standing], last: str | None = None) -> Entry | None:
    """Where to go on: the lesson she was at unless it is done, else the first required one that is not, else the first not done."""
    undone = [entry for entry in outline.lessons if standing_of(entry, rows).status is not ProgressStatus.COMPLETED]
    at = next((entry for entry in undone if entry.lesson_id == last), None)
    return at or next((entry for entry in undone if entry.required), None) or next(iter(undone), None)
