"""What the outbox does by the clock, where no worker looks at it all the time."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.jobs import every, job
from core.outbox import relay


@job(
    "events.tell",
    about="Tells events that wait, and once more those that somebody failed to take in.",
    rhythm=every(timedelta(minutes=1)),
)
def tell(now: datetime) -> object:
    turns = relay.Turns()
    try:
        told = turns.take(now)
    finally:
        turns.end()
    return "By the worker" if told is None else f"{told} told"
