"""What bulk work does by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from bulk.services import carrying
from core.jobs import every, job


@job(
    "bulk.go_on",
    about="Goes on with changing many things at once where the page that did so was closed.",
    rhythm=every(timedelta(minutes=1)),
)
def go_on(now: datetime) -> object:
    return carrying.sweep(now)
