"""Reads and writes of access tokens, each by key or index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from accounts.models import ApiToken, AuditEntry, TokensByExpiry
from core import clock
from core.aws.records import Put, find, get_many, query, write
from core.paging import Page

MOST_AT_ONCE = 20
"""Of one person."""
REGISTER = "tokens"
"""Under which all of them stand by the day on which they expire."""
_KEPT_AFTERWARDS = timedelta(days=90)
"""So that a person sees for a while what became of it."""


def new_token(token_id: str, *, user_id: str, digest: str, name: str, scopes: Sequence[str], days: int) -> ApiToken:
    now = clock.now()
    expires_at = now + timedelta(days=days)
    return ApiToken(
        token_id,
        user_id=user_id,
        digest=digest,
        name=name,
        scopes=list(scopes),
        register=REGISTER,
        created_at=now,
        updated_at=now,
        expires_at=expires_at,
        ttl=expires_at + _KEPT_AFTERWARDS,
    )


def find_token(token_id: str, *, fresh: bool = False) -> ApiToken | None:
    found = find(ApiToken, token_id, consistent=fresh)
    return found if found and found.ttl > clock.now() else None


def tokens_by_ids(token_ids: Iterable[str]) -> list[ApiToken]:
    """Revoked and expired ones, too, while they are kept."""
    return get_many(ApiToken, token_ids)


def tokens_of(user_id: str) -> list[ApiToken]:
    """All of a person, newest first, with those that are over. The index behind it may be a moment late."""
    found: list[ApiToken] = []
    cursor = None
    while True:
        page = query(ApiToken.by_person, user_id, scope="tokens-of", cursor=cursor, newest_first=True, limit=100)
        found += [token for token in page.items if token.ttl > clock.now()]
        cursor = page.next_cursor
        if cursor is None:
            return found


def tokens_by_expiry(*, after: datetime, cursor: str | None = None, limit: int = 20) -> Page[ApiToken]:
    """Everybody's that were not revoked and expire after this moment, the first to expire first."""
    later = TokensByExpiry.expires_at > after
    scope = "tokens-by-expiry"
    return query(ApiToken.by_expiry, REGISTER, scope=scope, cursor=cursor, limit=limit, range_condition=later)


def expiring(*, after: datetime, until: datetime) -> Iterator[ApiToken]:
    cursor = None
    within = TokensByExpiry.expires_at.between(after, until)
    while True:
        page = query(
            ApiToken.by_expiry, REGISTER, scope="tokens-expiring", cursor=cursor, limit=100, range_condition=within
        )
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def create_token(token: ApiToken, *, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when its id was used before."""
    write(Put(token), audit=audit)


def revoke_token(token: ApiToken, *, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when it was changed since it was read."""
    token.revoked_at, token.register = clock.now(), None
    token.ttl = token.revoked_at + _KEPT_AFTERWARDS
    save_token(token, audit=audit)


def save_token(token: ApiToken, *, audit: Sequence[AuditEntry] = ()) -> None:
    """Raises Stale when it was changed since it was read. What the portal notes by itself needs no audit entry."""
    token.updated_at = clock.now()
    write(Put(token), audit=audit)
