"""Who may be told at this moment: people who can sign in, with the roles that they have now."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from accounts import lookup
from accounts.enums import Role
from accounts.person import Person
from accounts.tokens.standing import standing_of
from core import clock
from core.api.errors import Unauthenticated
from core.aws import user_pool

ONE_BY_ONE = 20
"""So many are asked for singly; for more, everybody's standing is read once and holds for as long as sessions do."""
_HOLDS = timedelta(minutes=5)
_RAISED = [role for role in Role if role is not Role.VIEWER]
"""The highest last, so that it wins."""


class _Roster:
    """Everybody who can sign in. Forgotten as soon as a role or an account is changed here."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[datetime, Mapping[str, Role]] | None = None

    def roles(self) -> Mapping[str, Role]:
        with self._lock:
            if self._known is None or self._known[0] + _HOLDS <= clock.now():
                self._known = clock.now(), _everybody()
            return self._known[1]

    def forget(self) -> None:
        with self._lock:
            self._known = None


_roster = _Roster()
forget = _roster.forget


def active_among(user_ids: Collection[str]) -> dict[str, Person]:
    """Raises Unavailable when Cognito does not answer: then they are told later."""
    if len(user_ids) > ONE_BY_ONE:
        roles = _roster.roles()
        return {one: Person(one, "", roles[one]) for one in user_ids if one in roles}
    return {person.user_id: person for one in user_ids if (person := _active(one))}


def approvers() -> list[str]:
    """Whose work reviews are. Where nobody is an Approver, Admins."""
    for role in (Role.APPROVER, Role.ADMIN):
        if found := [user.user_id for user in user_pool.everyone_in_group(role.value) if user.enabled]:
            return found
    return []


def _active(user_id: str) -> Person | None:
    with suppress(Unauthenticated):
        standing = standing_of(user_id, fresh=True)
        return Person(user_id, "", standing.role) if standing.enabled else None
    return None


def _everybody() -> Mapping[str, Role]:
    raised = {user.user_id: role for role in _RAISED for user in user_pool.everyone_in_group(role.value)}
    return {user.user_id: raised.get(user.user_id, Role.VIEWER) for user in lookup.everybody() if user.enabled}
