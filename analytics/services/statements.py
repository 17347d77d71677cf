"""Events as statements of xAPI, for stores of learning records elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry, save_audit
from analytics import store
from analytics.rules import envelope, xapi
from analytics.rules.months import Span
from analytics.services import rolling
from core.errors import Invalid


def exported(*, span: Span, by: Person, now: datetime) -> Iterator[str]:
    """A line of JSON for each statement, day by day. Raises Refused, or Invalid, before the first of them."""
    require(by, Permission.ANALYTICS_READ)
    if span.first > span.last or span.last > now.date():
        raise Invalid("The range must begin before it ends, and not go beyond today.")
    changes = {"first": {"after": span.first.isoformat()}, "last": {"after": span.last.isoformat()}}
    save_audit(
        audit_entry(by=by, action="analytics.exported", object_type="analytics", object_id="xapi", changes=changes)
    )
    first = max(span.first, rolling.first_whole(now))
    return _lines(Span(first, max(first, span.last)))


def _lines(span: Span) -> Iterator[str]:
    for day in span.days:
        for row in store.every_event_of(day):
            if row.event_name != envelope.WORDED:
                statement = xapi.statement(store.told_of(row), settings.PORTAL_ORIGIN)
                if statement:
                    yield json.dumps(statement, ensure_ascii=False, separators=(",", ":")) + "\n"
