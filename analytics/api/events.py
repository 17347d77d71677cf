"""The events of a day as they are kept, for Admins' programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Query, Router
from pydantic import BaseModel, Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from analytics.models import EventRow
from analytics.services.reading import kept_events
from core.api.schemas import Cursor, Listing, Output

router = Router(tags=["Analytics"], auth=Bearer(Area.ANALYTICS))


class EventsQuery(BaseModel):
    date: dt.date = Field(description="A day in UTC.", examples=["2026-11-24"])
    cursor: Cursor = ""
    limit: int = Field(100, ge=1, le=500)


class KeptEvent(Output):
    event_id: str
    event_name: str = Field(examples=["content.viewed"])
    timestamp: str = Field(examples=["2026-11-24T09:30:00.000Z"])
    user_id: str | None = Field(description="Whoever did it, as an opaque id; a pseudonym for people who were erased.")
    content_id: str | None
    metadata: dict[str, Any] = Field(
        description="The rest of the envelope: role, object, source, session, request, small facts."
    )

    @classmethod
    def of(cls, row: EventRow) -> KeptEvent:
        plain = {name: getattr(row, name) for name in cls.model_fields if name != "metadata"}
        return cls(**plain, metadata=row.metadata or {})


class EventList(Listing[KeptEvent]):
    """In the order in which they happened. A page can hold few; go on while there is a cursor."""


@router.get("", response=EventList, operation_id="listEvents", summary="The events of a day")
def events(request: Request, wanted: Query[EventsQuery]) -> EventList:
    """Kept for 180 days. What was searched for is counted, and told with no event."""
    found = kept_events(by=request.user, day=wanted.date, cursor=wanted.cursor or None, limit=wanted.limit)
    return EventList(items=[KeptEvent.of(row) for row in found.items], next_cursor=found.next_cursor)
