"""What somebody else's doing means for a person's sessions: they end, or learn her role anew."""

from __future__ import annotations

from accounts import store
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.sessions import memory
from accounts.tokens import standing
from core.errors import Stale


def end_sessions_of(*, user_id: str, by: Person, reason: str | None = None) -> int:
    """Signs a person out everywhere in the portal, with one entry in the audit log; returns how many sessions ended."""
    if by.user_id != user_id:
        require(by, Permission.PEOPLE_MANAGE)
    store.save_audit(
        store.audit_entry(by=by, action="person.sessions_ended", object_type="person", object_id=user_id, reason=reason)
    )
    return forget_sessions(user_id)


def end_session(*, session_key: str, by: Person) -> None:
    """One of them, wherever it is."""
    record = store.session_by_key(session_key, consistent=True)
    if record is None:
        return
    if by.user_id != record.user_id:
        require(by, Permission.PEOPLE_MANAGE)
    store.save_audit(
        store.audit_entry(
            by=by, action="person.session_ended", object_type="person", object_id=str(record.user_id or "nobody")
        )
    )
    store.delete_session(session_key)
    memory.forget(session_key)


def forget_sessions(user_id: str) -> int:
    """The same for what has its own entry in the audit log."""
    keys = store.sessions_of(user_id)
    for key in keys:
        store.delete_session(key)
    memory.forget(*keys)
    standing.ask_again(user_id, signed_out=True)
    return len(keys)


def renew_role(user_id: str) -> None:
    """Her sessions and programs go on, and ask Cognito for her role before they do anything else."""
    keys = store.sessions_of(user_id)
    for key in keys:
        try:
            store.ask_for_role_again(key)
        except Stale:  # saved in this very moment: with which role, nobody can say
            store.delete_session(key)
    memory.forget(*keys)
    standing.ask_again(user_id)
