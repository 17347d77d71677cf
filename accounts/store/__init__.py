"""Reads and writes of profiles, sessions and the audit log, each by key or index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts import chain
from accounts.enums import AuditResult
from accounts.models import AuditByActor, AuditByTarget, AuditEntry, AuditSeal, Lease, Profile, SessionRecord
from accounts.person import Person
from core import clock, context
from core.aws.records import Delete, Put, find, get_many, query, write
from core.ids import new_id
from core.paging import Page

_SEALS = "seal"
"""The one key of all seals: where the months of entries have theirs."""


def new_profile(user_id: str, display_name: str) -> Profile:
    now = clock.now()
    return Profile(user_id, display_name=display_name, created_at=now, updated_at=now)


def profile_of(user_id: str) -> Profile | None:
    return find(Profile, user_id)


def profiles_of(user_ids: Iterable[str]) -> dict[str, Profile]:
    """One BatchGet; people without a profile are left out."""
    wanted = [user_id for user_id in user_ids if user_id]
    return {profile.user_id: profile for profile in get_many(Profile, wanted)}


def names_of(user_ids: Iterable[str | None]) -> dict[str, str]:
    """Display names: one BatchGet for all of a page, of nothing but the names."""
    wanted = [user_id for user_id in user_ids if user_id]
    found = get_many(Profile, wanted, only=("user_id", "display_name"))
    return {profile.user_id: profile.display_name for profile in found}


def last_sign_ins(user_ids: Iterable[str]) -> dict[str, datetime]:
    """One BatchGet; people who have never signed in are left out."""
    found = get_many(Profile, [user_id for user_id in user_ids if user_id], only=("user_id", "last_sign_in_at"))
    return {profile.user_id: profile.last_sign_in_at for profile in found if profile.last_sign_in_at}


def save_profile(profile: Profile) -> None:
    """Raises Stale when the profile was changed since it was read. Preferences are hers alone: no audit entry."""
    profile.updated_at = clock.now()
    write(Put(profile), audit=())


def session_by_key(session_key: str, *, consistent: bool = False) -> SessionRecord | None:
    """None, too, for one that has expired and was not swept away yet."""
    record = find(SessionRecord, session_key, consistent=consistent)
    return record if record and record.ttl > datetime.now(UTC) else None


def create_session(record: SessionRecord) -> None:
    """Raises Stale when the key is taken."""
    write(Put(record, SessionRecord.session_key.does_not_exist()), audit=())


def update_session(record: SessionRecord, *, role_due_at: datetime | None = None) -> None:
    """Raises Stale when it was ended meanwhile, and must not come back, or when her role was changed meanwhile.

    `role_due_at` is what the session said of it when it was read.
    """
    unchanged = SessionRecord.role_due_at.does_not_exist()
    if role_due_at:
        unchanged |= SessionRecord.role_due_at == role_due_at
    write(Put(record, SessionRecord.session_key.exists() & unchanged), audit=())


def ask_for_role_again(session_key: str) -> None:
    """From its next fresh read on, the session asks Cognito for her role. Raises Stale when it was saved meanwhile."""
    record = session_by_key(session_key, consistent=True)
    if record:
        known = record.data
        record.role_due_at = clock.now()
        write(Put(record, SessionRecord.data == known), audit=())


def delete_session(session_key: str) -> None:
    write(Delete(SessionRecord(session_key)), audit=())


def sessions_of(user_id: str) -> list[str]:
    """The keys of all her sessions."""
    keys: list[str] = []
    cursor = None
    while True:
        found = query(SessionRecord.by_person, user_id, scope="sessions", cursor=cursor, limit=100)
        keys += [record.session_key for record in found.items]
        cursor = found.next_cursor
        if cursor is None:
            return keys


def take_lease(name: str, holder: str, seconds: int) -> None:
    """Raises Stale when somebody else holds it."""
    now = datetime.now(UTC)
    lease = Lease(f"lease:{name}", holder=holder, ttl=now + timedelta(seconds=seconds))
    write(Put(lease, Lease.name.does_not_exist() | (Lease.ttl < now)), audit=())


def give_lease_back(name: str, holder: str) -> None:
    """Raises Stale when it had ended and somebody else has taken it."""
    write(Delete(Lease(f"lease:{name}"), Lease.holder == holder), audit=())


def audit_entry(
    *,
    by: Person,
    action: str,
    object_type: str,
    object_id: str,
    object_version: str | int | None = None,
    changes: Mapping[str, Any] | None = None,
    reason: str | None = None,
    result: AuditResult = AuditResult.ALLOWED,
) -> AuditEntry:
    """An unsaved entry, to be written in one transaction with the change that it tells of.

    `changes` maps a field to `{"before": …, "after": …}`; never an e-mail address or a text that somebody wrote.
    """
    now = clock.now()
    return AuditEntry(
        now.strftime("%Y-%m"),
        f"{clock.iso(now)}#{new_id()}",
        at=now,
        actor_id=by.user_id,
        actor_role=by.role.value,
        action=action,
        target=f"{object_type}:{object_id}",
        object_type=object_type,
        object_id=object_id,
        object_version=None if object_version is None else str(object_version),
        changes=dict(changes) if changes else None,
        reason=reason or None,
        result=result.value,
        request_id=context.request_id.get() or None,
    )


def again(entry: AuditEntry, *, result: AuditResult) -> AuditEntry:
    """A second entry about the same, with what became of it."""
    now = clock.now()
    values = {name: value for name, value in entry.attribute_values.items() if name not in ("month", "ts_id", "at")}
    made = AuditEntry(now.strftime("%Y-%m"), f"{clock.iso(now)}#{new_id()}", at=now, **values)
    made.result = result.value
    return made


def save_audit(*entries: AuditEntry) -> None:
    """For what changed nothing and is still worth knowing, such as a refusal."""
    write(audit=entries)


def audit_of_target(
    target: str,
    cursor: str | None = None,
    limit: int = 20,
    when: str | None = None,
    actions: Collection[str] = (),
) -> Page[AuditEntry]:
    """Newest first; `target` is for example `content:ID`, `when` a month or a day. With `actions` a page is filled with
    those alone."""
    only = AuditEntry.action.is_in(*sorted(actions)) if actions else None
    return _audit(AuditEntry.by_target, target, AuditByTarget.ts_id, "audit", cursor, limit, when, only)


def audit_of_actor(
    actor_id: str, cursor: str | None = None, limit: int = 20, when: str | None = None
) -> Page[AuditEntry]:
    return _audit(AuditEntry.by_actor, actor_id, AuditByActor.ts_id, "audit-by", cursor, limit, when)


def audit_of_month(month: str, cursor: str | None = None, limit: int = 20, *, day: str = "") -> Page[AuditEntry]:
    """`month` is YYYY-MM; `day`, YYYY-MM-DD, is one of its days."""
    return query(
        AuditEntry,
        month,
        scope=f"audit-in:{day or month}",
        cursor=cursor,
        limit=limit,
        newest_first=True,
        range_condition=AuditEntry.ts_id.startswith(day) if day else None,
    )


def audit_in_order(month: str, *, after: str = "") -> Iterator[AuditEntry]:
    """All of a month, oldest first, as it is at this moment; for sealing and verifying, never within a request."""
    cursor, scope = None, f"audit-in-order:{month}"
    later = AuditEntry.ts_id > after if after else None
    while True:
        page = query(AuditEntry, month, scope=scope, cursor=cursor, limit=500, consistent=True, range_condition=later)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def fingerprint_of(entry: AuditEntry) -> str:
    return chain.fingerprint(entry.serialize())


def new_seal(hour_part: str, **values: Any) -> AuditSeal:
    return AuditSeal(_SEALS, hour_part, **values)


def save_seal(seal: AuditSeal) -> None:
    """Raises Stale when there is one already."""
    write(audit=[seal])


def last_seal() -> AuditSeal | None:
    found = query(AuditSeal, _SEALS, scope="seals", limit=1, newest_first=True, consistent=True).items
    return found[0] if found else None


def seals_in_order() -> Iterator[AuditSeal]:
    cursor = None
    while True:
        page = query(AuditSeal, _SEALS, scope="seals", cursor=cursor, limit=50, consistent=True)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def _audit(
    index: Any,
    key: str,
    ts_id: Any,
    name: str,
    cursor: str | None,
    limit: int,
    when: str | None,
    only: Any = None,
) -> Page[AuditEntry]:
    return query(
        index,
        key,
        scope=f"{name}:{key}:{when or ''}",
        cursor=cursor,
        limit=limit,
        newest_first=True,
        range_condition=ts_id.startswith(when) if when else None,
        filter_condition=only,
    )
