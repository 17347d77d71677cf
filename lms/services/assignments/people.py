"""Whom something is assigned to, found in Cognito: by name, by role, or by what stands in a file.

Who assigns sees names and roles, not addresses: to find somebody by address she has to know all of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accounts.directory import colleagues
from accounts.enums import Role
from accounts.permissions import ROLES, Permission, can, require
from accounts.person import Person
from accounts.rules import tidy_email
from core.aws import user_pool
from core.aws.user_pool import PoolUser, where
from core.errors import Invalid, NotFound

MOST_FOUND, MOST_CHOSEN = 20, 100
_PAGE = 60
_FEW = 40
"""So many rows of a file are asked for one by one; for more, everybody is listed once."""


@dataclass(frozen=True)
class Found:
    user_id: str
    name: str
    hint: str


def find(text: str, *, by: Person) -> list[Found]:
    """Whose name begins so, or whose address it is. At most one page."""
    require(by, Permission.LEARNING_ASSIGN)
    text = " ".join(text.split())[:100]
    if not text:
        return []
    if "@" in text:
        user = user_pool.user_by_email(tidy_email(text))
        users = [user] if user else []
    else:
        name = text.title() if text.islower() else text
        users = user_pool.users(condition=where("name", "^=", name), limit=MOST_FOUND).users
    return _shown([user for user in users if user.enabled], by)


def named(user_ids: Sequence[str], *, by: Person) -> list[Found]:
    """Those of them who have an account that is not disabled. Raises Invalid for more than are chosen by hand."""
    require(by, Permission.LEARNING_ASSIGN)
    wanted = dict.fromkeys(user_ids)
    if len(wanted) > MOST_CHOSEN:
        raise Invalid(f"Choose at most {MOST_CHOSEN} people at once, or give a list in a file.")
    users = []
    for user_id in wanted:
        try:
            users.append(user_pool.user_by_id(user_id))
        except NotFound:
            continue
    return _shown([user for user in users if user.enabled], by)


def with_role(role: Role | None, *, by: Person) -> Iterator[str]:
    """The ids of all who have this role, or of everybody; disabled accounts are left out. Read page by page."""
    require(by, Permission.LEARNING_ASSIGN)
    ranks = list(Role)
    if role is None or role is Role.VIEWER:
        above = {user.user_id for other in ranks[1:] for user in user_pool.everyone_in_group(other.value)}
        everybody = (user for user in _everybody() if user.enabled)
        return (user.user_id for user in everybody if role is None or user.user_id not in above)
    higher = ranks[ranks.index(role) + 1 :]
    above = {user.user_id for other in higher for user in user_pool.everyone_in_group(other.value)}
    members = user_pool.everyone_in_group(role.value)
    return (user.user_id for user in members if user.enabled and user.user_id not in above)


class Directory:
    """Looks people up by address or id. For a long file it lists everybody once instead of asking for each."""

    def __init__(self, expected: int) -> None:
        self._known: dict[str, PoolUser] | None = None
        if expected > _FEW:
            self._known = {key: user for user in _everybody() for key in (_key(user.email), user.user_id) if key}

    def find(self, text: str) -> PoolUser | None:
        key = _key(text)
        if self._known is not None:
            return self._known.get(key) or self._known.get(text)
        if "@" in key:
            return user_pool.user_by_email(key)
        try:
            return user_pool.user_by_id(text)
        except NotFound:
            return None


def _key(address: str) -> str:
    """Addresses that look alike are alike, however a keyboard put their accents together."""
    return unicodedata.normalize("NFC", tidy_email(address))


def _everybody() -> Iterator[PoolUser]:
    token = None
    while True:
        page = user_pool.users(token=token, limit=_PAGE)
        yield from page.users
        token = page.token
        if token is None:
            return


def _shown(users: Sequence[PoolUser], by: Person) -> list[Found]:
    may_see_addresses = can(by, Permission.PEOPLE_MANAGE)
    return [
        Found(one.user_id, one.name, one.user.email if may_see_addresses else str(ROLES[one.role].title))
        for one in colleagues(users)
    ]
