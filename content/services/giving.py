"""Giving one item to another owner. Handing over all that a person owns is `ownership`."""

from __future__ import annotations

from accounts.person import Person
from content import permissions, store
from content.services import drafts
from content.services.ownership import check_new_owner
from core.events import Event, telling


def give(*, content_id: str, to_user: Person, by: Person, seen_rev: int | None = None) -> None:
    """Raises Refused, and Invalid for somebody who cannot own items. Who owns it already, keeps it."""
    item = drafts.readable(content_id, by, seen_rev)
    before = item.owner_user_id
    permissions.check_give(by, item)
    if before == to_user.user_id:
        return
    check_new_owner(before, to_user)
    item.owner_user_id = to_user.user_id
    changes = {"owner": {"before": before, "after": to_user.user_id}}
    with telling(Event("content.owner_changed", content_id, by.user_id)):
        store.save(item, audit=[drafts.entry_for("content.owner_changed", item, None, by, changes=changes)])
