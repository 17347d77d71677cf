"""The review clock: how long an approval can be relied on before somebody must look again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from content.enums import Freshness

DEFAULT_DAYS = 90
CHOICES = (30, 60, 90, 180, 365)
NOTICE = timedelta(days=14)
LATE = timedelta(days=7)


class Reminder(StrEnum):
    """To the owner first; one that is late is the Approvers' as well."""

    SOON = "soon"
    DUE = "due"
    LATE = "late"


def reminder(next_review_at: datetime, now: datetime) -> Reminder | None:
    """The last one that has come."""
    if now >= next_review_at + LATE:
        return Reminder.LATE
    if now >= next_review_at:
        return Reminder.DUE
    return Reminder.SOON if now >= next_review_at - NOTICE else None


def next_review(verified_at: datetime, every_days: int) -> datetime:
    return verified_at + timedelta(days=every_days)


def freshness(next_review_at: datetime | None, now: datetime) -> Freshness:
    for state, since, until in freshness_over_time(next_review_at):
        if (since is None or since <= now) and (until is None or now < until):
            return state
    raise AssertionError("the periods cover all time")


def freshness_over_time(
    next_review_at: datetime | None,
) -> Iterator[tuple[Freshness, datetime | None, datetime | None]]:
    """The states that follow one another by the clock alone, as (state, since, until); together they cover all time."""
    if next_review_at is None:
        yield Freshness.VERIFIED, None, None
        return
    yield Freshness.VERIFIED, None, next_review_at - NOTICE
    yield Freshness.DUE_SOON, next_review_at - NOTICE, next_review_at
    yield Freshness.UNVERIFIED, next_review_at, None
