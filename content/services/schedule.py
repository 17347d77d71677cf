"""When an item is seen and when it must be looked at again."""

from __future__ import annotations

from datetime import datetime

from accounts.permissions import Permission, can
from accounts.person import Person
from content import permissions, store
from content.enums import Status
from content.models import ContentItem
from content.rules import review
from content.services import drafts, lifecycle
from core import clock
from core.errors import Invalid, Refused, Stale
from core.events import Event, telling


def set_dates(
    *,
    content_id: str,
    go_live_at: datetime | None,
    expire_at: datetime | None,
    review_every_days: int,
    by: Person,
    seen: str | None = None,
    seen_rev: int | None = None,
) -> None:
    """Raises Refused when live material's dates are changed by somebody who may not approve.

    `seen` is what `fingerprint` gave when the dates were looked at, `seen_rev` the item's `rev` for who looked at all
    of it. Raises Stale when it is another by now.
    """
    item = drafts.readable(content_id, by)
    check_dates_by(by, item, clock.now())
    if (seen is not None and seen != fingerprint(item)) or (seen_rev is not None and seen_rev != item.rev):
        raise Stale("Somebody else changed these dates meanwhile. Look at the item, then decide again.")
    _check(go_live_at, expire_at, review_every_days)
    before = _dates(item)
    lifecycle.set_go_live(item, go_live_at, clock.now())
    lifecycle.set_expiry(item, expire_at)
    if review_every_days != item.review_every_days:
        item.review_every_days = review_every_days
        if item.live_version and item.approved_at:
            lifecycle.set_review_clock(item, item.verified_at or item.approved_at)
    item.updated_at = clock.now()
    changes = {"dates": {"before": before, "after": _dates(item)}}
    with telling(Event("content.rescheduled", content_id, by.user_id)):
        store.save(item, audit=[drafts.entry_for("content.rescheduled", item, None, by, changes=changes)])


def fingerprint(item: ContentItem) -> str:
    return "/".join(str(value or "-") for value in _dates(item).values())


def check_dates_by(by: Person, item: ContentItem, now: datetime) -> None:
    """Raises Refused. What has expired comes back by a new approval, never by another date."""
    if item.live_version and not can(by, Permission.CONTENT_APPROVE):
        raise Refused("It is live: its dates are changed by an Approver.")
    if not item.live_version and not permissions.is_editor(by, item):
        raise Refused("Only its owner, its co-editors and Admins can do this.")
    if permissions.status_of(item, now) is Status.EXPIRED:
        raise Refused("It has expired. Restore it first; its dates are set again with the draft.")


def dates_refused(by: Person, item: ContentItem, now: datetime) -> bool:
    try:
        check_dates_by(by, item, now)
    except Refused:
        return True
    return False


def _check(go_live_at: datetime | None, expire_at: datetime | None, review_every_days: int) -> None:
    problems = {}
    if expire_at and expire_at <= clock.now():
        problems["expire_at"] = "Choose a time in the future; to retire it now, use “Expire”."
    if go_live_at and expire_at and expire_at <= go_live_at:
        problems["expire_at"] = "It would expire before it goes live. Choose a later time."
    if review_every_days not in review.CHOICES:
        problems["review_every_days"] = "Choose one of the intervals."
    if problems:
        raise Invalid(fields=problems)


def _dates(item: ContentItem) -> dict[str, str | int | None]:
    return {
        "go_live_at": clock.iso(item.go_live_at) if item.go_live_at else None,
        "expire_at": clock.iso(item.expire_at) if item.expire_at else None,
        "review_every_days": int(item.review_every_days),
    }
