"""What webhooks do by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.jobs import every, job
from webhooks.services.sending import send_due


@job(
    "webhooks.send",
    about="Sends webhooks what is due to them.",
    rhythm=every(timedelta(minutes=1)),
    lease=timedelta(minutes=3),
)
def send(_now: datetime) -> object:
    return f"{send_due()} tries"
