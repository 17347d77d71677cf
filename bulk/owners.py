"""Who things are given to: somebody whose account is open, and whose role may own things."""

from __future__ import annotations

import time

from accounts import directory
from accounts.directory import Colleague
from accounts.enums import AccountState
from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.rules import tidy_email
from core.errors import NotFound, Refused

REMEMBERED_SECONDS = 60
_remembered: dict[str, tuple[float, Person]] = {}


def by_email(email: str) -> Person:
    """Raises Refused."""
    found = directory.colleague_by_email(tidy_email(email))
    if found is None:
        raise Refused(f"Nobody signs in with “{email[:100]}”.")
    return _kept(_checked(found))


def by_id(user_id: str) -> Person:
    """At most a minute old: the many rows of a job are given to the same few. Raises Refused."""
    read_at, person = _remembered.get(user_id, (0.0, None))
    if person and time.monotonic() - read_at < REMEMBERED_SECONDS:
        return person
    try:
        return _kept(_checked(directory.colleague(user_id)))
    except NotFound:
        raise Refused("The new owner has no account any more.") from None


def forget() -> None:
    _remembered.clear()


def _checked(found: Colleague) -> Person:
    if found.state is AccountState.DISABLED:
        raise Refused("The account of the new owner is disabled.")
    if not can(found.person, Permission.CONTENT_CREATE):
        raise Refused("A Viewer cannot own anything. Choose somebody else.")
    return found.person


def _kept(person: Person) -> Person:
    _remembered[person.user_id] = time.monotonic(), person
    return person
