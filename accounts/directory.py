"""People as Cognito knows them: their accounts, and the role that follows from their groups."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from accounts.enums import AccountState, Role
from accounts.person import Person
from accounts.rules import account_state, display_name
from core.aws import user_pool
from core.aws.user_pool import PoolUser
from core.errors import NotFound

_AT_ONCE = 8


@dataclass(frozen=True)
class Colleague:
    """`groups` are all of hers; `role` is the highest of those that are roles."""

    user: PoolUser
    groups: tuple[str, ...]

    @property
    def user_id(self) -> str:
        return self.user.user_id

    @property
    def name(self) -> str:
        return display_name(self.user.attributes)

    @property
    def role(self) -> Role:
        return Role.highest(self.groups)

    @property
    def state(self) -> AccountState:
        return account_state(self.user.enabled, self.user.status)

    @property
    def has_password(self) -> bool:
        """People who come from Google have none here."""
        return self.user.status != "EXTERNAL_PROVIDER"

    @property
    def person(self) -> Person:
        return Person(self.user_id, self.name, self.role)


def colleague(user_id: str) -> Colleague:
    """Raises NotFound."""
    return _with_groups(user_pool.user_by_id(user_id))


def colleague_by_email(email: str) -> Colleague | None:
    user = user_pool.user_by_email(email)
    return _with_groups(user) if user else None


def colleagues(users: Sequence[PoolUser]) -> list[Colleague]:
    """Cognito tells the groups of one person at a time, so several are asked at once."""
    if not users:
        return []
    with ThreadPoolExecutor(min(_AT_ONCE, len(users))) as pool:
        return list(pool.map(_with_groups, users))


def person_by_email(email: str) -> Person:
    """Raises NotFound when nobody signs in with this address."""
    found = colleague_by_email(email)
    if found is None:
        raise NotFound(f"Nobody signs in with {email}.")
    return found.person


def _with_groups(user: PoolUser) -> Colleague:
    return Colleague(user, tuple(user_pool.groups_of(user.username)))
