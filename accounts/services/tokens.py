"""Access tokens: made by a person for her own programs, and ended by her, by an Admin, or with her account."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import ApiToken, AuditEntry
from accounts.permissions import Permission, can, require
from accounts.person import SYSTEM, Person
from accounts.store import audit_entry
from accounts.store import tokens as store
from accounts.tokens.memory import Memory
from accounts.tokens.scopes import offered_to
from accounts.tokens.secrets import digest, new_secret
from core import clock
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event, telling
from core.ids import new_id
from core.names import tidied

MAX_NAME = 60
DAYS = (7, 30, 90, 180, 365)
WARNED_BEFORE = timedelta(days=7)
_USE_NOTED_EVERY = timedelta(hours=1)
_TRIES = 3

memory: Memory[ApiToken] = Memory()
"""By id, for reading."""


@dataclass(frozen=True)
class Made:
    """`secret` is shown this once."""

    token: ApiToken
    secret: str


def create(*, name: str, scopes: Collection[str], days: int, by: Person, token_id: str = "") -> Made:
    """Raises Invalid; Refused when she has too many; Stale when one with this id was made already."""
    name, token_id = tidied(name), token_id or new_id()
    _check(name, scopes, days, by)
    if sum(is_open(token) for token in store.tokens_of(by.user_id)) >= store.MOST_AT_ONCE:
        raise Refused(f"You have {store.MOST_AT_ONCE} access tokens. Revoke one that is no longer used.")
    secret, granted = new_secret(token_id), sorted(scopes)
    token = store.new_token(token_id, user_id=by.user_id, digest=digest(secret), name=name, scopes=granted, days=days)
    changes = {"scopes": {"after": granted}, "days": {"after": days}}
    try:
        with telling(_event("token.created", token, by)):
            store.create_token(token, audit=[_entry("token.created", token, by, changes)])
    except Stale as error:
        raise Stale("This token was made already, and it was shown then. Revoke it if you did not copy it.") from error
    return Made(token, secret)


def revoke(*, token_id: str, by: Person) -> ApiToken:
    """One that is over already stays so. Raises NotFound for somebody else's, but for Admins."""
    token = store.find_token(token_id, fresh=True)
    if token is None or (token.user_id != by.user_id and not can(by, Permission.PEOPLE_MANAGE)):
        raise NotFound
    return _revoke(token, by)


def revoke_all(*, user_id: str, by: Person) -> None:
    """When her account is disabled: enabling it gives none of them back."""
    require(by, Permission.PEOPLE_MANAGE)
    for token in store.tokens_of(user_id):
        if is_open(token):
            _revoke(token, by)


def is_open(token: ApiToken) -> bool:
    return not token.revoked_at and token.expires_at > clock.now()


def note_use(token: ApiToken) -> None:
    """Coarsely, so that reading does not become writing."""
    now = clock.now()
    if token.last_used_at is None or token.last_used_at + _USE_NOTED_EVERY < now:
        token.last_used_at = now
        with suppress(Stale):  # another request noted it, or it was revoked meanwhile
            store.save_token(token)


def warn_of_expiry(now: datetime) -> int:
    """Tells, once for each, which tokens end soon; returns how many."""
    told = 0
    for token in store.expiring(after=now, until=now + WARNED_BEFORE):
        if token.warned_at is None and token.expires_at - _notice(token) <= now:
            token.warned_at = now
            event = _event("token.expiring", token, SYSTEM, {"expires_at": clock.iso(token.expires_at)})
            with suppress(Stale), telling(event):
                store.save_token(token)
                told += 1
    return told


def _notice(token: ApiToken) -> timedelta:
    """A week; less for one that does not live for long."""
    life: timedelta = token.expires_at - token.created_at
    return min(WARNED_BEFORE, life / 4)


def _revoke(token: ApiToken, by: Person) -> ApiToken:
    for _try in range(_TRIES):
        if not is_open(token):
            break
        try:
            with telling(_event("token.revoked", token, by)):
                store.revoke_token(token, audit=[_entry("token.revoked", token, by)])
            break
        except Stale:  # its use was noted in this very moment
            token = store.find_token(token.token_id, fresh=True) or token
    else:
        raise Stale
    memory.forget(token.token_id)
    return token


def _check(name: str, scopes: Collection[str], days: int, by: Person) -> None:
    problems: dict[str, str] = {}
    if not name or len(name) > MAX_NAME:
        problems["name"] = f"Give it a name of up to {MAX_NAME} characters, so that you know later what uses it."
    if not scopes:
        problems["scopes"] = "Choose at least one thing that it may do."
    elif not set(scopes) <= {scope.name for scope in offered_to(by)}:
        problems["scopes"] = "A token cannot be allowed more than you are."
    if days not in DAYS:
        problems["days"] = "Choose how long it is to last."
    if problems:
        raise Invalid(fields=problems)


def _event(name: str, token: ApiToken, by: Person, props: Mapping[str, str] | None = None) -> Event:
    return Event(name, token.token_id, by.user_id, {"user_id": token.user_id, **(props or {})})


def _entry(action: str, token: ApiToken, by: Person, changes: Mapping[str, object] | None = None) -> AuditEntry:
    whose = {} if token.user_id == by.user_id else {"person": {"after": token.user_id}}
    return audit_entry(
        by=by, action=action, object_type="token", object_id=token.token_id, changes={**(changes or {}), **whose}
    )
