"""The clock's part. What people see is decided on read; this writes it down, and tells whoever has to act.

Run as often as wished, from several places at once: each thing is done and said once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from accounts.person import SYSTEM
from content import permissions, store
from content.enums import Status
from content.models import ContentItem
from content.rules import review
from content.rules.visibility import LIVE
from content.services import drafts
from content.services.lifecycle import month_of
from core import clock
from core.errors import Stale
from core.events import Event, telling

_BACK = timedelta(days=366)
"""How long the jobs may have stood still without missing anything."""


def tell_of_going_live(now: datetime) -> int:
    """Says which approved items readers see from now on, as their day has come; how many."""
    return sum(_went_live(item, now) for month in _months(now) for item in store.items_going_live(month, now))


def expire_due(now: datetime) -> int:
    """Writes down that items have expired; how many."""
    return sum(_expired(item) for month in _months(now) for item in store.items_expiring(month, now))


def remind_of_reviews(now: datetime) -> int:
    """Says of which approved items the review is due soon, due, or late; how many."""
    until = now + review.NOTICE
    return sum(_reminded(item, now) for month in _months(until) for item in store.items_to_review(month, until))


def _months(until: datetime) -> Iterator[str]:
    """From a year before until then, as the indexes are cut."""
    moment = until - _BACK
    while moment <= until:
        yield month_of(moment)
        moment = (moment.replace(day=1) + timedelta(days=32)).replace(day=1)


def _went_live(item: ContentItem, now: datetime) -> bool:
    """What was withdrawn before its day came is not told of."""
    item.go_live_month = None  # so that no later turn meets it
    seen = permissions.status_of(item, now) is Status.APPROVED
    told = Event("content.went_live", item.content_id, SYSTEM.user_id, {"version": item.live_version})
    with suppress(Stale), telling(*[told] if seen else []):
        store.note_told(item)
        return seen
    return False


def _expired(item: ContentItem) -> bool:
    """False for what was never live, and for what somebody has changed meanwhile: the next turn looks at it again."""
    if Status(item.status) not in LIVE:
        return False
    before, item.status = item.status, Status.EXPIRED.value
    item.expiry_month = None  # so that no later turn meets it
    item.updated_at = clock.now()
    changes = {"status": {"before": before, "after": item.status}}
    entry = drafts.entry_for("content.expired", item, None, SYSTEM, changes=changes, reason="Its last day has passed.")
    told = Event("content.expired", item.content_id, SYSTEM.user_id, {"version": item.live_version, "by_clock": True})
    with suppress(Stale), telling(told):
        store.save(item, audit=[entry])
        return True
    return False


def _reminded(item: ContentItem, now: datetime) -> bool:
    stage = review.reminder(item.next_review_at, now) if item.next_review_at else None
    if stage is None or permissions.status_of(item, now) is not Status.APPROVED:
        return False
    said = f"{clock.iso(item.next_review_at)} {stage}"
    if item.review_told == said:
        return False
    item.review_told = said
    told = Event("content.review_due", item.content_id, SYSTEM.user_id, {"stage": stage.value})
    with suppress(Stale), telling(told):
        store.note_told(item)
        return True
    return False
