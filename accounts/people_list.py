"""The list of people: Cognito's own pages, as its filters allow, and what the portal knows of those on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.about import Fact, facts_about
from accounts.directory import Colleague, colleagues
from accounts.enums import AccountState, Role
from accounts.permissions import ROLES
from accounts.person import Person
from accounts.rules import account_state, tidy_email
from accounts.store import last_sign_ins
from core.aws import user_pool
from core.aws.user_pool import PAGE_SIZE, PoolUser, UserPage, where
from core.paging import seal, unseal

MOST_REQUESTS = 5
"""A filter that few people pass is followed through so many of Cognito's pages, and then by the next page of ours."""
MAX_TEXT = 100


class Show(StrEnum):
    ALL = "all"
    ADMINS = "admins"
    APPROVERS = "approvers"
    CONTRIBUTORS = "contributors"
    VIEWERS = "viewers"
    INVITED = "invited"
    DISABLED = "disabled"


SHOWN: Mapping[Show, str | Promise] = {
    Show.ALL: _("Everybody"),
    Show.ADMINS: _("Admins"),
    Show.APPROVERS: _("Approvers"),
    Show.CONTRIBUTORS: _("Contributors"),
    Show.VIEWERS: _("Viewers"),
    Show.INVITED: _("Invited"),
    Show.DISABLED: _("Disabled"),
}
STATE_LABELS: Mapping[AccountState, tuple[str | Promise, str, str]] = {
    # label, tone, icon
    AccountState.ACTIVE: (_("Active"), "success", "circle-check"),
    AccountState.INVITED: (_("Invited"), "warning", "mail"),
    AccountState.RESETTING: (_("Choosing a password"), "warning", "key-round"),
    AccountState.DISABLED: (_("Disabled"), "error", "ban"),
}
_ROLES = {
    Show.ADMINS: Role.ADMIN,
    Show.APPROVERS: Role.APPROVER,
    Show.CONTRIBUTORS: Role.CONTRIBUTOR,
    Show.VIEWERS: Role.VIEWER,
}


@dataclass(frozen=True)
class Row:
    user_id: str
    name: str
    email: str
    role: str | Promise
    state: str | Promise
    tone: str
    icon: str
    last_sign_in_at: datetime | None
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Listing:
    rows: Sequence[Row]
    next_cursor: str | None


@dataclass(frozen=True)
class _Source:
    """One of Cognito's lists. It may give more than was asked for: `keeps` decides."""

    read: Callable[[str | None], UserPage]
    keeps: Callable[[PoolUser], bool] = bool


def listing(person: Person, show: Show, text: str, cursor: str | None) -> Listing:
    """Searching looks through everybody: Cognito takes one condition at a time."""
    scope = f"people:{person.user_id}:{show}:{text}"
    sources = _searching(text) if text else [_showing(show)]
    users, position = _page(sources, unseal(scope, cursor))
    return Listing(rows_of(person, colleagues(users)), seal(scope, position))


def rows_of(viewer: Person, people: Sequence[Colleague]) -> list[Row]:
    ids = [one.user_id for one in people]
    signed_in, facts = last_sign_ins(ids), facts_about(viewer, ids)
    return [_row(one, signed_in.get(one.user_id), facts[one.user_id]) for one in people]


def _row(one: Colleague, signed_in: datetime | None, facts: Sequence[Fact]) -> Row:
    label, tone, icon = STATE_LABELS[one.state]
    return Row(one.user_id, one.name, one.user.email, ROLES[one.role].title, label, tone, icon, signed_in, facts)


def _showing(show: Show) -> _Source:
    if role := _ROLES.get(show):
        return _Source(lambda token: user_pool.users_in_group(role.value, token=token))
    if show is Show.DISABLED:
        return _filtered(where("status", "=", "Disabled"), lambda user: not user.enabled)
    if show is Show.INVITED:
        invited = where("cognito:user_status", "=", "FORCE_CHANGE_PASSWORD")
        return _filtered(invited, lambda user: account_state(user.enabled, user.status) is AccountState.INVITED)
    return _Source(lambda token: user_pool.users(token=token))


def _searching(text: str) -> list[_Source]:
    """First whose address begins so, then whose name does: Cognito tells upper from lower case in names."""
    address, name = tidy_email(text), text.title() if text.islower() else text
    return [
        _filtered(where("email", "^=", address), lambda user: _begins(user.email, address)),
        _filtered(where("name", "^=", name), lambda user: not _begins(user.email, address)),
    ]


def _begins(email: str, address: str) -> bool:
    return tidy_email(email).startswith(address)


def _filtered(condition: str, keeps: Callable[[PoolUser], bool]) -> _Source:
    return _Source(lambda token: user_pool.users(condition=condition, token=token), keeps)


def _page(sources: Sequence[_Source], position: Any) -> tuple[list[PoolUser], Any]:
    """Those of one page, one source after the other, and where the next page begins (None where nothing follows)."""
    number, token = position or (0, None)
    found: list[PoolUser] = []
    for _request in range(MOST_REQUESTS):
        page = sources[number].read(token)
        found += [user for user in page.users if sources[number].keeps(user)]
        number, token = (number, page.token) if page.token else (number + 1, None)
        if number == len(sources):
            return found, None
        if len(found) >= PAGE_SIZE:
            break
    return found, [number, token]
