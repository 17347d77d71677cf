"""What analytics does by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from analytics.services import rolling, stock
from core.jobs import every, job


@job(
    "analytics.roll_up",
    about="Counts today's events, and those of earlier days that came in late, for the dashboards.",
    rhythm=every(timedelta(minutes=10)),
)
def roll_up(now: datetime) -> object:
    days = rolling.roll_up(now)
    return f"{days} day{'s'[: days != 1]} counted"


@job(
    "analytics.take_stock",
    about="Notes what items, courses and paths there are and who is late, for the dashboards.",
    rhythm=every(timedelta(minutes=60)),
)
def take_stock(now: datetime) -> object:
    return f"{stock.take_stock(now) + stock.take_stock_of_teams(now)} changed"
