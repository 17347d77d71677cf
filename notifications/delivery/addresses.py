"""To whom: asked of Cognito when a mail is sent, and kept nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings

from accounts import directory
from accounts.enums import AccountState, Role
from accounts.person import Person
from accounts.rules import account_state, display_name, email_is_allowed
from core.aws import user_pool
from core.aws.user_pool import PoolUser
from core.errors import NotFound

ONE_BY_ONE = 40
"""Two questions each; for more people the whole pool is read, sixty at a time."""
_AT_ONCE = 6


@dataclass(frozen=True)
class Recipient:
    person: Person
    address: str


def recipients(user_ids: Collection[str]) -> dict[str, Recipient]:
    """Those who may sign in. Raises Unavailable when Cognito is asked too much or does not answer."""
    wanted = set(user_ids)
    found = _one_by_one(wanted) if len(wanted) <= ONE_BY_ONE else _of_all(wanted)
    return {one.person.user_id: one for one in found}


def _one_by_one(wanted: Collection[str]) -> Iterator[Recipient]:
    if not wanted:
        return
    with ThreadPoolExecutor(min(_AT_ONCE, len(wanted))) as pool:
        for found in pool.map(_colleague, wanted):
            if found and _may_be_written_to(found.user):
                yield Recipient(found.person, found.user.email)


def _colleague(user_id: str) -> directory.Colleague | None:
    with suppress(NotFound):
        return directory.colleague(user_id)
    return None


def _of_all(wanted: Collection[str]) -> Iterator[Recipient]:
    roles = _roles()
    for user in _everybody():
        if user.user_id in wanted and _may_be_written_to(user):
            role = roles.get(user.username, Role.VIEWER)
            yield Recipient(Person(user.user_id, display_name(user.attributes), role), user.email)


def _roles() -> Mapping[str, Role]:
    """By username, of everybody who is more than a Viewer; the highest is asked last, and wins."""
    raised = [role for role in Role if role is not Role.VIEWER]
    return {user.username: role for role in raised for user in user_pool.everyone_in_group(role.value)}


def _everybody() -> Iterator[PoolUser]:
    token = None
    while True:
        page = user_pool.users(token=token, limit=60)
        yield from page.users
        token = page.token
        if not token:
            return


def _may_be_written_to(user: PoolUser) -> bool:
    active = account_state(user.enabled, user.status) is not AccountState.DISABLED
    return active and email_is_allowed(user.email, settings.ALLOWED_EMAIL_DOMAINS)
