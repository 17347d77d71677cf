"""Events as they are kept, for whoever may read all of them."""

from __future__ import annotations

from datetime import date

from accounts.permissions import Permission, require
from accounts.person import Person
from analytics import store
from analytics.models import EventRow
from analytics.rules import envelope
from core.paging import Page


def kept_events(*, by: Person, day: date, cursor: str | None, limit: int) -> Page[EventRow]:
    """Without the words of searches, which are for counting: beside the events they would say who searched what."""
    require(by, Permission.ANALYTICS_READ)
    page = store.events_of(day, cursor=cursor, limit=limit)
    return Page([row for row in page.items if row.event_name != envelope.WORDED], page.next_cursor)
