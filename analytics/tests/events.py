"""Events as they were told, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta

from analytics.rules.told import Told, Value
from core import clock
from core.ids import new_id


def told(
    name: str,
    at: datetime,
    *,
    user: str = "sub-vera",
    thing: str = "item",
    event_id: str = "",
    role: str = "Viewer",
    source: str = "web",
    **props: Value,
) -> Told:
    return Told(event_id or new_id(), name, at, user, thing, role=role, source=source, session="s", props=props)


def noon(days_ago: int = 0) -> datetime:
    """Of a day (UTC) that lies so far back."""
    day = clock.now() - timedelta(days=days_ago)
    return day.replace(hour=12, minute=0, second=0, microsecond=0)
