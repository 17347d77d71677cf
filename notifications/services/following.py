"""What people follow. Who owns a thing follows it of itself, and may stop."""

from __future__ import annotations

from accounts.person import Person
from content.access import item_for_reading
from core.errors import Invalid, NotFound, Refused
from lms import permissions as learning
from lms.store.courses import course_by_id
from lms.store.paths import path_by_id
from metadata.enums import Group
from metadata.store import by_id, resolve
from notifications import rules
from notifications.enums import Followed, Origin
from notifications.store import subscriptions as store

MOST_FOLLOWED = 500
_AT_ONCE = 100
GROUPS = {
    Followed.SUITE: Group.PRODUCT_SUITE,
    Followed.PRODUCT: Group.PRODUCT,
    Followed.CONCEPT: Group.PRODUCT_CONCEPT,
    Followed.TAG: Group.TOPIC_TAG,
}
OF_GROUP = {group.value: followed for followed, group in GROUPS.items()}


def follow(*, target: str, by: Person) -> bool:
    """False when she did already. Raises NotFound for what she may not see, Refused when she follows too much."""
    wanted = check(target, by)
    if store.following(by.user_id, wanted):
        return False
    if len(store.all_of(by.user_id, limit=MOST_FOLLOWED).items) >= MOST_FOLLOWED:
        raise Refused(f"You follow {MOST_FOLLOWED} things. Stop following some of them first.")
    return store.follow(by.user_id, wanted, Origin.CHOSEN)


def unfollow(*, target: str, by: Person) -> bool:
    """False when she did not. Also of what she may not see any more, and what is gone."""
    try:
        rules.parts_of(target)
    except ValueError as error:
        raise NotFound from error
    return store.unfollow(by.user_id, target)


def is_following(*, target: str, by: Person) -> bool:
    """Raises NotFound for what she may not see."""
    return store.following(by.user_id, check(target, by)) is not None


def owns(user_id: str, target: str) -> None:
    """From now on it is hers."""
    store.follow(user_id, target, Origin.OWNER)


def no_longer_owns(user_id: str, target: str) -> None:
    """What she chose to follow herself she follows still."""
    store.unfollow(user_id, target, origin=Origin.OWNER)


def check(target: str, by: Person) -> str:
    """The target as it is kept: of a merged option, what it was merged into. Raises NotFound."""
    try:
        kind, thing_id = rules.parts_of(target)
    except ValueError as error:
        raise NotFound from error
    if kind in GROUPS:
        return rules.target_of(kind, _option(kind, thing_id))
    if kind is Followed.CONTENT:
        item_for_reading(by, thing_id)
    elif not learning.can_read(by, course_by_id(thing_id) if kind is Followed.COURSE else path_by_id(thing_id)):
        raise NotFound
    return target


def _option(kind: Followed, option_id: str) -> str:
    """Raises NotFound, and Invalid for one that nothing new will be about."""
    option = by_id().get(resolve(option_id))
    if option is None or option.group_key != GROUPS[kind]:
        raise NotFound
    if option.archived_at:
        raise Invalid("This has been archived: nothing new will be about it.")
    return str(option.option_id)


def forget(target: str) -> None:
    """Of a thing that is gone."""
    while some := store.followers(target, limit=_AT_ONCE):
        for user_id in some:
            store.unfollow(user_id, target)
