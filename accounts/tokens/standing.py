"""What becomes of a person between two of her tokens: her role lowered, her account disabled, her sign-ins ended.

The same promise as for sessions: what is changed here bites at once for whatever writes and within a minute for what
reads; what is changed in Cognito within five minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts import directory
from accounts.enums import AccountState, Role
from accounts.models import StandingRecord
from accounts.rules import RoleAge, role_age
from accounts.services.profiles import ensure_profile
from accounts.tokens.memory import Memory
from core import clock
from core.api.errors import Unauthenticated
from core.aws.records import Put, find, write
from core.errors import NotFound, Stale, Unavailable

_KEPT = timedelta(hours=25)
"""Longer than any ID token lives: until then `signed_out_at` must be known."""
_TRIES = 3


@dataclass(frozen=True)
class Standing:
    role: Role
    enabled: bool
    checked_at: datetime
    signed_out_at: datetime | None = None


memory: Memory[Standing] = Memory()


def standing_of(user_id: str, *, fresh: bool) -> Standing:
    """Raises Unauthenticated for somebody whom Cognito does not know, Unavailable when it does not answer."""
    remembered = None if fresh else memory.get(user_id)
    if remembered and _age(remembered.checked_at) is RoleAge.FRESH:
        return remembered
    for _try in range(_TRIES):
        record = find(StandingRecord, _key(user_id), consistent=True)
        try:
            found = _as_read(record) if record and _age(record.checked_at) is RoleAge.FRESH else _asked(user_id, record)
        except Stale:  # an Admin changed it, or another request asked, in this very moment
            continue
        memory.put(user_id, found)
        return found
    raise Unavailable


def ask_again(user_id: str, *, signed_out: bool = False) -> None:
    """What is known of her counts no more; with `signed_out` neither do the tokens that she has."""
    for _try in range(_TRIES):
        record = find(StandingRecord, _key(user_id), consistent=True) or StandingRecord(
            _key(user_id), role=Role.VIEWER.value, enabled=True
        )
        record.checked_at = datetime.fromtimestamp(0, clock.now().tzinfo)
        record.signed_out_at = clock.now() if signed_out else record.signed_out_at
        try:
            _save(record)
        except Stale:
            continue
        memory.forget(user_id)
        return
    raise Stale


def _asked(user_id: str, record: StandingRecord | None) -> Standing:
    """Of Cognito; where it does not answer, what was known a short while ago still holds. Raises Stale."""
    try:
        known = directory.colleague(user_id)
    except NotFound as error:
        raise Unauthenticated("Nobody signs in with this account any more.", "invalid_token") from error
    except Unavailable:
        if record and _age(record.checked_at) is RoleAge.DUE:
            return _as_read(record)
        raise
    if record is None:
        ensure_profile(by=known.person)  # whoever never came to the portal itself has a name in its lists, too
    record = record or StandingRecord(_key(user_id))
    record.role, record.enabled = known.role.value, known.state is not AccountState.DISABLED
    record.checked_at = clock.now()
    _save(record)
    return _as_read(record)


def _save(record: StandingRecord) -> None:
    record.ttl = clock.now() + _KEPT
    write(Put(record), audit=())


def _as_read(record: StandingRecord) -> Standing:
    return Standing(Role(record.role), bool(record.enabled), record.checked_at, record.signed_out_at)


def _age(checked_at: datetime) -> RoleAge:
    return role_age(checked_at.timestamp(), clock.now().timestamp())


def _key(user_id: str) -> str:
    return f"standing:{user_id}"
