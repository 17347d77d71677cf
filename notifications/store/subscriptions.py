from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from core import clock
from core.aws.records import Delete, Put, find, get_many, query, write
from core.errors import Stale
from core.paging import Page
from notifications.enums import Origin
from notifications.models import Subscription


def following(user_id: str, target: str) -> Subscription | None:
    return find(Subscription, user_id, target, consistent=True)


def followed_among(user_id: str, targets: Iterable[str]) -> set[str]:
    """One BatchGet."""
    return {str(one.target) for one in get_many(Subscription, [(user_id, target) for target in targets])}


def all_of(user_id: str, *, cursor: str | None = None, limit: int = 50) -> Page[Subscription]:
    """By target."""
    return query(Subscription, user_id, scope=f"subscriptions:{user_id}", cursor=cursor, limit=limit, consistent=True)


def followers(target: str, *, after: str | None = None, limit: int) -> list[str]:
    """Their ids in order, those after this one."""
    condition = Subscription.user_id > after if after else None
    page = query(Subscription.by_target, target, scope=f"followers:{target}", limit=limit, range_condition=condition)
    return [str(one.user_id) for one in page.items]


def owners_following(target: str) -> list[str]:
    """Who follows it because it is hers, or was."""
    is_owner = Subscription.origin == Origin.OWNER.value
    page = query(Subscription.by_target, target, scope=f"owners:{target}", limit=100, filter_condition=is_owner)
    return [str(one.user_id) for one in page.items]


def follow(user_id: str, target: str, origin: Origin) -> bool:
    """False when she does already; then it stays as it is."""
    with suppress(Stale):
        made = Subscription(user_id, target, origin=origin.value, since=clock.now())
        write(Put(made, Subscription.target.does_not_exist()), audit=())
        return True
    return False


def unfollow(user_id: str, target: str, *, origin: Origin | None = None) -> bool:
    """False when she did not. With `origin` only where that is why."""
    there = Subscription.target.exists()
    with suppress(Stale):
        gone = Subscription(user_id, target)
        write(Delete(gone, there & (Subscription.origin == origin.value) if origin else there), audit=())
        return True
    return False
