"""Handing everything that a person owns to somebody else, for example when she leaves.

What people own besides the library's items stands above this app, so it comes here and registers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accounts.permissions import Permission, can, require
from accounts.person import Person
from content import store
from content.services.drafts import entry_for
from core.errors import Invalid, NotFound, Stale
from core.events import Event, telling
from core.paging import Page

AT_ONCE = 50
_TRIES = 3


@dataclass(frozen=True)
class HandedOver:
    """`next_cursor` is where to go on; `kept` are those that others kept changing meanwhile."""

    moved: int
    kept: int
    next_cursor: str | None


@dataclass(frozen=True)
class Estate:
    """A kind of thing that people own. `page` lists the ids of hers; `give` moves one, and says False for what is hers
    no more. It raises Stale when somebody else changed it meanwhile.
    """

    name: str
    page: Callable[[str, str | None, int], Page[str]]
    give: Callable[[str, str, str, Person], bool]


_estates: dict[str, Estate] = {}


def register(estate: Estate) -> None:
    _estates[estate.name] = estate


def hand_over(
    *, from_user: str, to_user: Person, by: Person, cursor: str | None = None, limit: int = AT_ONCE
) -> HandedOver:
    """The next few things that she owns, each with its own audit entry. Can be repeated: what was moved stays moved.

    Raises Refused, and Invalid for somebody who cannot own items.
    """
    require(by, Permission.PEOPLE_MANAGE)
    check_new_owner(from_user, to_user)
    begin, _, position = (cursor or "").partition("|")
    names = list(_estates)
    moved = kept = 0
    for name in names[names.index(begin) if begin in names else 0 :]:
        if moved + kept >= limit:
            return HandedOver(moved, kept, f"{name}|")
        page = _estates[name].page(from_user, position or None, limit - moved - kept)
        outcomes = [_given(_estates[name], thing_id, from_user, to_user.user_id, by) for thing_id in page.items]
        moved, kept, position = moved + outcomes.count(True), kept + outcomes.count(None), ""
        if page.next_cursor:
            return HandedOver(moved, kept, f"{name}|{page.next_cursor}")
    return HandedOver(moved, kept, None)


def check_new_owner(from_user: str, to_user: Person) -> None:
    if to_user.user_id == from_user:
        raise Invalid(fields={"to_user": "This is the same person."})
    if not can(to_user, Permission.CONTENT_CREATE):
        raise Invalid(fields={"to_user": "A Viewer cannot own items. Change the role first, or choose somebody else."})


def _given(estate: Estate, thing_id: str, from_user: str, to_user: str, by: Person) -> bool | None:
    """None when others kept changing it."""
    for _try in range(_TRIES):
        try:
            return estate.give(thing_id, from_user, to_user, by)
        except Stale:
            continue
    return None


def _items(user_id: str, cursor: str | None, limit: int) -> Page[str]:
    page = store.items_owned_by(user_id, cursor=cursor, limit=limit)
    return Page([str(item.content_id) for item in page.items], page.next_cursor)


def _give_item(content_id: str, from_user: str, to_user: str, by: Person) -> bool:
    """The index that listed it may be a moment behind."""
    try:
        item = store.item_by_id(content_id, fresh=True)
    except NotFound:
        return False
    if item.owner_user_id != from_user:
        return False
    item.owner_user_id = to_user
    changes = {"owner": {"before": from_user, "after": to_user}}
    with telling(Event("content.owner_changed", content_id, by.user_id)):
        store.save(item, audit=[entry_for("content.owner_changed", item, None, by, changes=changes)])
    return True


register(Estate("items", _items, _give_item))
