"""When what failed is tried again, and when a webhook that never works is switched off."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

PAUSES: Sequence[timedelta] = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
"""Between tries: eight of them within 21 hours."""
MOST_TRIES = len(PAUSES) + 1
SPREAD = 0.2
"""Of a pause, earlier or later: what failed together is not tried again in one moment."""
LONGEST_WISH = timedelta(hours=1)
SWITCHED_OFF_AFTER = timedelta(days=3)
"""Of nothing but failures: long enough for a weekend without anybody who could mend it."""
GONE = 410
"""The answer of whoever wants to hear nothing more."""


def next_try(tries: int, now: datetime, *, wished: timedelta | None = None) -> datetime | None:
    """After so many tries that failed; None when that was the last. `wished` is how long the other side asks for."""
    if tries >= MOST_TRIES:
        return None
    pause = PAUSES[tries - 1] * random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311  (spreads, hides nothing)
    return now + max(pause, min(wished or timedelta(), LONGEST_WISH))


def is_to_be_switched_off(failing_since: datetime | None, now: datetime) -> bool:
    return failing_since is not None and now - failing_since >= SWITCHED_OFF_AFTER


def wish_of(retry_after: str) -> timedelta | None:
    """What `Retry-After` says in seconds; its other form, a date, is left aside."""
    return timedelta(seconds=int(retry_after)) if retry_after.isdecimal() and len(retry_after) < 7 else None
