"""Whom something is assigned to, found in Cognito: by name, by role, or by what stands in a file.

Who assigns sees names and roles, not addresses: to find somebody by address she has to know all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accounts import lookup
from accounts.directory import colleagues
from accounts.enums import Role
from accounts.lookup import Directory as Directory
from accounts.permissions import ROLES, Permission, can, require
from accounts.person import Person
from core.aws import user_pool
from core.aws.user_pool import PoolUser
from core.errors import Invalid

MOST_CHOSEN = 100


@dataclass(frozen=True)
class Found:
    user_id: str
    name: str
    hint: str


def find(text: str, *, by: Person) -> list[Found]:
    """Whose name begins so, or whose address it is. At most one page."""
    require(by, Permission.LEARNING_ASSIGN)
    return _shown(lookup.beginning_with(text), by)


def named(user_ids: Sequence[str], *, by: Person) -> list[Found]:
    """Those of them who have an account that is not disabled. Raises Invalid for more than are chosen by hand."""
    require(by, Permission.LEARNING_ASSIGN)
    wanted = dict.fromkeys(user_ids)
    if len(wanted) > MOST_CHOSEN:
        raise Invalid(f"Choose at most {MOST_CHOSEN} people at once, or give a list in a file.")
    return _shown(lookup.enabled_among(wanted), by)


def with_role(role: Role | None, *, by: Person) -> Iterator[str]:
    """The ids of all who have this role, or of everybody; disabled accounts are left out. Read page by page."""
    require(by, Permission.LEARNING_ASSIGN)
    ranks = list(Role)
    if role is None or role is Role.VIEWER:
        above = {user.user_id for other in ranks[1:] for user in user_pool.everyone_in_group(other.value)}
        everybody = (user for user in lookup.everybody() if user.enabled)
        return (user.user_id for user in everybody if role is None or user.user_id not in above)
    higher = ranks[ranks.index(role) + 1 :]
    above = {user.user_id for other in higher for user in user_pool.everyone_in_group(other.value)}
    members = user_pool.everyone_in_group(role.value)
    return (user.user_id for user in members if user.enabled and user.user_id not in above)


def _shown(users: Sequence[PoolUser], by: Person) -> list[Found]:
    may_see_addresses = can(by, Permission.PEOPLE_MANAGE)
    return [
        Found(one.user_id, one.name, one.user.email if may_see_addresses else str(ROLES[one.role].title))
        for one in colleagues(users)
    ]
