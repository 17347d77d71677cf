"""What notifications do by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.jobs import every, job
from notifications.services import errands


@job(
    "notifications.tell",
    about="Goes on telling followers of something what a worker that stopped had begun to tell.",
    rhythm=every(timedelta(minutes=1)),
)
def tell(_now: datetime) -> object:
    return f"{errands.finish_all()} turns"
