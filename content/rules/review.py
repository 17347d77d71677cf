"""The review clock: how long an approval can be relied on before somebody must look again."""

from __future__ import annotations

from datetime import datetime, timedelta

from content.enums import Freshness

DEFAULT_DAYS = 90
CHOICES = (30, 60, 90, 180, 365)
NOTICE = timedelta(days=14)


def next_review(verified_at: datetime, every_days: int) -> datetime:
    return verified_at + timedelta(days=every_days)


def freshness(next_review_at: datetime | None, now: datetime) -> Freshness:
    if next_review_at is None or now < next_review_at - NOTICE:
        return Freshness.VERIFIED
    return Freshness.DUE_SOON if now < next_review_at else Freshness.UNVERIFIED
