"""What accounts do by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.services.seals import seal_closed_hours
from core.jobs import every, job


@job(
    "audit.seal",
    about="Seals the closed hours of the audit log into a hash chain.",
    rhythm=every(timedelta(minutes=60)),
)
def seal(now: datetime) -> object:
    return f"{sum(1 for _ in seal_closed_hours(now))} seals"
