"""When something assigned is due, and whether it is late. Overdue is never stored: it follows from the clock.

A due date without a time is the end of that day where the person lives, and moves with her when she moves. One with a
time is the same instant for everybody. Both are kept as an instant, the first with its day and zone beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from lms.enums import AssignmentStatus

OPEN = frozenset({AssignmentStatus.ASSIGNED.value, AssignmentStatus.IN_PROGRESS.value})
FARTHEST = timedelta(days=3660)
"""Nobody plans ten years ahead; a year of five digits is a slip of the finger."""
_PAST, _TOO_FAR = "This is in the past. Choose a later day.", "This is more than ten years away. Choose an earlier day."
_MORNING = time(8)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Due:
    """`on` is the day of a due date without a time, `zone` whose day it is."""

    at: datetime
    zone: str
    on: date | None = None


class Stage(StrEnum):
    """What a reminder says, in the order in which they come."""

    WEEK_BEFORE = "week_before"
    DAY_BEFORE = "day_before"
    DAY_OF = "day_of"
    WEEK_AFTER = "week_after"
    TWO_WEEKS_AFTER = "two_weeks_after"
    THREE_WEEKS_AFTER = "three_weeks_after"
    FOUR_WEEKS_AFTER = "four_weeks_after"


_DAYS = dict(zip(Stage, (-7, -1, 0, 7, 14, 21, 28), strict=True))
COPIED_TO_MANAGER = Stage.WEEK_AFTER


def due_on(day: date, zone: str) -> Due:
    return Due(end_of_day(day, ZoneInfo(zone)), zone, day)


def due_at(local: datetime, zone: str) -> Due:
    """`local` is a time on a wall in that zone. Of two instants that it may mean, in autumn, the later one; a time that
    is skipped in spring is as far after the jump as it would have been after the hour that is missing."""
    named = local.replace(tzinfo=ZoneInfo(zone))
    return Due(max(named.replace(fold=fold).astimezone(UTC) for fold in (0, 1)), zone)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last whole second at which that day is not over: 23:59:59, but where clocks jump over it.

    A day that a zone left out, as Samoa did with 30 December 2011, ends with the day before.
    """
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    earlier, later = sorted(midnight.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if later.astimezone(zone).replace(tzinfo=None) == midnight:
        # Of two midnights the first, unless the clock went back into the day itself between them.
        return max(one for one in (earlier - _SECOND, later - _SECOND) if one.astimezone(zone).date() <= day)
    # There is no such midnight: the next day begins with the jump, somewhere between the two.
    seconds = range(int(earlier.timestamp()), int(later.timestamp()) + 1)
    begins = bisect_left(seconds, True, key=lambda second: datetime.fromtimestamp(second, zone).date() > day)
    return datetime.fromtimestamp(seconds[begins], UTC) - _SECOND


def problem_with(at: datetime, now: datetime) -> str:
    """Why nothing can be due then, in a sentence for whoever assigns it; empty when it can."""
    if at <= now:
        return _PAST
    return _TOO_FAR if at - now > FARTHEST else ""


def problem_with_day(day: date) -> str:
    """The same for days at either end of the calendar, which are no instant in every zone."""
    if day.year == MINYEAR:
        return _PAST
    return _TOO_FAR if day.year == MAXYEAR else ""


def is_overdue(status: str, due_at: datetime | None, now: datetime) -> bool:
    return status in OPEN and due_at is not None and due_at < now


def shown_status(status: str, due_at: datetime | None, now: datetime) -> AssignmentStatus:
    return AssignmentStatus.OVERDUE if is_overdue(status, due_at, now) else AssignmentStatus(status)


def is_late(completed_at: datetime, due_at: datetime | None) -> bool:
    """Judged by when it was done, not by when the portal heard of it."""
    return due_at is not None and completed_at > due_at


def reminders(at: datetime, zone: str) -> Iterator[tuple[Stage, datetime]]:
    """Each in the morning, where the person lives, so many days before or after the day on which it is due."""
    day = at.astimezone(ZoneInfo(zone)).date()
    for stage, days in _DAYS.items():
        yield stage, _morning_of(day + timedelta(days=days), zone)


def _morning_of(day: date, zone: str) -> datetime:
    return due_at(datetime.combine(day, _MORNING), zone).at


def stage_now(at: datetime, zone: str, assigned_at: datetime, now: datetime) -> Stage | None:
    """The last reminder whose time has come. Those from before the assignment was made are not caught up on."""
    come = [stage for stage, moment in reminders(at, zone) if assigned_at < moment <= now]
    return come[-1] if come else None
