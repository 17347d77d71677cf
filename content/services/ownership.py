"""Handing everything that a person owns to somebody else, for example when she leaves."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.permissions import Permission, can, require
from accounts.person import Person
from content import store
from content.services.drafts import entry_for
from core.errors import Invalid, NotFound, Stale
from core.events import Event, publish

AT_ONCE = 50
_TRIES = 3


@dataclass(frozen=True)
class HandedOver:
    """`next_cursor` is where to go on; `kept` are those that others kept changing meanwhile."""

    moved: int
    kept: int
    next_cursor: str | None


def hand_over(
    *, from_user: str, to_user: Person, by: Person, cursor: str | None = None, limit: int = AT_ONCE
) -> HandedOver:
    """One page of what she owns, each item with its own audit entry. Can be repeated: what was moved stays moved.

    Raises Refused, and Invalid for somebody who cannot own items.
    """
    require(by, Permission.PEOPLE_MANAGE)
    check_new_owner(from_user, to_user)
    page = store.items_owned_by(from_user, cursor=cursor, limit=limit)
    outcomes = [_move(str(item.content_id), from_user, to_user.user_id, by) for item in page.items]
    return HandedOver(outcomes.count(True), outcomes.count(False), page.next_cursor)


def check_new_owner(from_user: str, to_user: Person) -> None:
    if to_user.user_id == from_user:
        raise Invalid(fields={"email": "This is the same person."})
    if not can(to_user, Permission.CONTENT_CREATE):
        raise Invalid(fields={"email": "A Viewer cannot own items. Change the role first, or choose somebody else."})


def _move(content_id: str, from_user: str, to_user: str, by: Person) -> bool | None:
    """None when it is hers no more: the index that listed it may be a moment behind."""
    for _try in range(_TRIES):
        try:
            item = store.item_by_id(content_id, fresh=True)
        except NotFound:
            return None
        if item.owner_user_id != from_user:
            return None
        item.owner_user_id = to_user
        changes = {"owner": {"before": from_user, "after": to_user}}
        try:
            store.save(item, audit=[entry_for("content.owner_changed", item, None, by, changes=changes)])
        except Stale:
            continue
        publish(Event("content.owner_changed", content_id, by.user_id))
        return True
    return False
