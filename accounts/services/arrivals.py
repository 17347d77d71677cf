"""Bringing people in by lists: whatever of it is done already is left as it is, so a list can be given again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from accounts.directory import colleagues
from accounts.enums import Role
from accounts.lookup import Directory
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.rules import may_give, tidy_email
from accounts.services import people
from core.errors import PortalError, Refused, Stale, Unavailable
from core.sheets import Row

PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds to wait when Cognito asks for patience, or somebody else is at the same person."""
_AT_ALL = (Unavailable, Stale)


class Outcome(StrEnum):
    INVITED = "invited"
    ROLE_CHANGED = "role changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    NOT_DONE = "not done"


@dataclass(frozen=True)
class Arrival:
    """What became, or would become, of a row. `why` says more when it was refused or not done."""

    row: int
    outcome: Outcome
    why: str = ""


def bring(
    *, rows: Iterable[Row], by: Person, dry_run: bool = False, wait: Callable[[float], None] = time.sleep
) -> Iterator[Arrival]:
    """Row by row, with `email`, `name` and `role`. A row that cannot be done stops no other."""
    require(by, Permission.PEOPLE_MANAGE)
    listed = list(rows)
    directory, first = Directory(len(listed)), dict[str, int]()
    for row in listed:
        email = tidy_email(row.values["email"])
        if email in first:
            yield Arrival(row.number, Outcome.REFUSED, f"The same person stands in line {first[email]}.")
            continue
        first[email] = row.number
        yield _patiently(row, directory, by, dry_run, wait)


def ensure(
    *, email: str, name: str, role: Role, by: Person, dry_run: bool = False, directory: Directory | None = None
) -> Outcome:
    """She has an account and exactly this role. Raises Invalid, Refused."""
    email = people.check_email(email)
    if not may_give(by.role, role):
        raise Refused("You can give the roles up to your own.")
    user = (directory or Directory(1)).find(email)
    if user is None:
        if not dry_run:
            people.invite(email=email, name=name, role=role, by=by)
        return Outcome.INVITED
    (found,) = colleagues([user])
    if dry_run:
        return Outcome.UNCHANGED if found.role is role and role in found.groups else Outcome.ROLE_CHANGED
    changed = people.change_role(user_id=found.user_id, role=role, by=by, reason="")
    return Outcome.ROLE_CHANGED if changed else Outcome.UNCHANGED


def role_named(text: str) -> Role:
    """Raises Refused for a role that does not exist; none means Viewer."""
    named = {role.value.casefold(): role for role in Role}
    try:
        return named[text.casefold() or Role.VIEWER.value.casefold()]
    except KeyError:
        raise Refused(f"There is no role “{text}”. The roles are {', '.join(Role)}.") from None


def _patiently(row: Row, directory: Directory, by: Person, dry_run: bool, wait: Callable[[float], None]) -> Arrival:
    email, name = row.values["email"], row.values.get("name", "")
    for pause in (*PAUSES, None):
        try:
            role = role_named(row.values.get("role", ""))
            done = ensure(email=email, name=name, role=role, by=by, dry_run=dry_run, directory=directory)
            return Arrival(row.number, done)
        except _AT_ALL as error:
            if pause is None:
                return Arrival(row.number, Outcome.NOT_DONE, f"{error.message} Give the list again.")
            wait(pause)
        except PortalError as error:
            return Arrival(row.number, Outcome.REFUSED, error.message)
    raise AssertionError("every way out is above")
