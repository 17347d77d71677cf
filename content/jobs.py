"""What the library does by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from content.services import by_the_clock
from core.jobs import every, job


@job(
    "content.go_live",
    about="Says which items were approved for a day that has come; readers see them without it.",
    rhythm=every(timedelta(minutes=5)),
)
def go_live(now: datetime) -> object:
    return f"{by_the_clock.tell_of_going_live(now)} live"


@job(
    "content.expire",
    about="Writes down which items have come to their last day; readers stop seeing them without it.",
    rhythm=every(timedelta(minutes=5)),
)
def expire(now: datetime) -> object:
    return f"{by_the_clock.expire_due(now)} expired"


@job(
    "content.remind_of_reviews",
    about="Says which approved items must be looked at again soon, now, or should have been a week ago.",
    rhythm=every(timedelta(minutes=60)),
)
def remind_of_reviews(now: datetime) -> object:
    return f"{by_the_clock.remind_of_reviews(now)} said"
