"""Which state an item is in at a moment. Decided on read, so that a late job never shows what has expired."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from content.enums import Status

LIVE = frozenset({Status.APPROVED, Status.DEPRECATED})
"""What every reader may see, once it has gone live and before it expires."""

RETIRED = frozenset({Status.DEPRECATED, Status.EXPIRED})
"""Left out of lists and searches unless asked for."""


def effective_status(status: Status, go_live_at: datetime | None, expire_at: datetime | None, now: datetime) -> Status:
    for state, since, until in statuses_over_time(status, go_live_at, expire_at):
        if (since is None or since <= now) and (until is None or now < until):
            return state
    raise AssertionError("the periods cover all time")


def statuses_over_time(
    status: Status, go_live_at: datetime | None, expire_at: datetime | None
) -> Iterator[tuple[Status, datetime | None, datetime | None]]:
    """The states that follow one another by the clock alone, as (state, since, until); together they cover all time."""
    if status not in LIVE:
        yield status, None, None
        return
    if go_live_at and expire_at and expire_at <= go_live_at:
        go_live_at = None  # never live: it is expired from then on, and scheduled until then
        yield Status.SCHEDULED, None, expire_at
    elif go_live_at:
        yield Status.SCHEDULED, None, go_live_at
        yield status, go_live_at, expire_at
    else:
        yield status, None, expire_at
    if expire_at:
        yield Status.EXPIRED, expire_at, None
