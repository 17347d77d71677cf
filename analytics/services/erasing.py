"""Forgetting somebody: a pseudonym takes her place in the events, and the counts stay what they were (behaviours 3.10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.crypto import salted_hmac

from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry, save_audit
from analytics import store
from analytics.models import EventRow
from analytics.rules.months import Span
from analytics.services import rolling

_LENGTH = 20


def pseudonym_of(user_id: str) -> str:
    """The same each time, so that she stays one person in the counts and an interrupted run can be taken up again."""
    return "erased-" + salted_hmac("analytics.erasure", user_id).hexdigest()[:_LENGTH]


def erase(*, user_id: str, now: datetime, by: Person) -> int:
    """How many events were changed. The days on which she appears are counted again. Raises Refused."""
    require(by, Permission.PEOPLE_MANAGE)
    pseudonym = pseudonym_of(user_id)
    save_audit(audit_entry(by=by, action="analytics.erased", object_type="analytics", object_id=pseudonym))
    changed, days = 0, []
    for day in Span(rolling.first_whole(now), now.date()).days:
        rows = [row for row in store.every_event_of(day) if _names(row, user_id)]
        for row in rows:
            _replace(row, user_id, pseudonym)
            store.replace_event(row)
        changed += len(rows)
        days += [day] if rows else []
    rolling.count_days(days)
    return changed


def _names(row: EventRow, user_id: str) -> bool:
    return row.user_id == user_id or user_id in _strings(row.metadata or {})


def _strings(told: dict[str, Any]) -> set[str]:
    found = {value for value in told.values() if isinstance(value, str)}
    return found | {value for value in told.get("props", {}).values() if isinstance(value, str)}


def _replace(row: EventRow, user_id: str, pseudonym: str) -> None:
    metadata: dict[str, Any] = {
        name: pseudonym if value == user_id else value for name, value in (row.metadata or {}).items()
    }
    props = metadata.get("props", {})
    metadata["props"] = {name: pseudonym if value == user_id else value for name, value in props.items()}
    row.metadata = metadata
    if row.user_id == user_id:
        row.user_id = pseudonym
