"""The pages about access tokens: one's own, and for Admins those of a person or of everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from accounts import audit_list, store
from accounts.models import ApiToken
from accounts.services.tokens import is_open
from accounts.store import tokens
from core import clock

_ON_A_PAGE = 20


@dataclass(frozen=True)
class TokenRow:
    """`owner_name` is empty among one's own. `over_at` is when it was revoked or expired."""

    token_id: str
    name: str
    scopes: Sequence[str]
    state: str
    tone: str
    icon: str
    expires_at: datetime
    last_used_at: datetime | None
    over_at: datetime | None
    owner_id: str
    owner_name: str

    @property
    def is_open(self) -> bool:
        return self.over_at is None


@dataclass(frozen=True)
class Listing:
    rows: Sequence[TokenRow]
    next_cursor: str | None = None


def own(user_id: str) -> Listing:
    """One request. Those that still open something come first."""
    return Listing(_in_order(_row(token) for token in tokens.tokens_of(user_id)))


def of_person(user_id: str, name: str) -> Listing:
    """One request."""
    return Listing(_in_order(_row(token, name) for token in tokens.tokens_of(user_id)))


def of_everybody(cursor: str | None) -> Listing:
    """Two requests; those that open something, the first to expire first."""
    page = tokens.tokens_by_expiry(after=clock.now(), cursor=cursor, limit=_ON_A_PAGE)
    names = store.names_of({token.user_id for token in page.items})
    return Listing([_row(token, _called(token, names)) for token in page.items], page.next_cursor)


def _called(token: ApiToken, names: Mapping[str, str]) -> str:
    return audit_list.called(token.user_id, names)


def _in_order(rows: Iterable[TokenRow]) -> list[TokenRow]:
    return sorted(rows, key=lambda row: not row.is_open)


def _row(token: ApiToken, owner_name: str = "") -> TokenRow:
    state, tone, icon = _state(token)
    return TokenRow(
        token_id=token.token_id,
        name=token.name,
        scopes=list(token.scopes),
        state=state,
        tone=tone,
        icon=icon,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
        over_at=None if is_open(token) else token.revoked_at or token.expires_at,
        owner_id=token.user_id,
        owner_name=owner_name,
    )


def _state(token: ApiToken) -> tuple[str, str, str]:
    if token.revoked_at:
        return gettext("Revoked"), "", "ban"
    if not is_open(token):
        return gettext("Expired"), "", "calendar-x"
    if token.warned_at:
        return gettext("Expires soon"), "warning", "hourglass"
    return gettext("Active"), "success", "key-round"
