"""What accounts do by the clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from accounts.services.seals import seal_closed_hours
from accounts.services.tokens import warn_of_expiry
from core.jobs import daily, every, job


@job(
    "audit.seal",
    about="Seals the closed hours of the audit log into a hash chain.",
    rhythm=every(timedelta(minutes=60)),
)
def seal(now: datetime) -> object:
    return f"{sum(1 for _ in seal_closed_hours(now))} seals"


@job(
    "tokens.warn",
    about="Says which access tokens expire soon.",
    rhythm=daily(time(5, 20)),
)
def warn(now: datetime) -> object:
    return f"{warn_of_expiry(now)} said"
