"""Looking at the portal as another role sees it: read-only, marked on every page, and written down."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase

from accounts import store
from accounts.enums import Role
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.signed_in import VIEWING_AS
from core.errors import Invalid


def start(*, session: SessionBase, role: Role, by: Person) -> None:
    require(by, Permission.PEOPLE_MANAGE)
    if role is Role.ADMIN:
        raise Invalid("This is the role you have.")
    _note("person.viewing_as", by, {"role": {"before": by.role.value, "after": role.value}})
    session[VIEWING_AS] = role.value
    session.cycle_key()  # other processes may remember the session under its old key for a minute


def stop(*, session: SessionBase, by: Person) -> None:
    if session.pop(VIEWING_AS, None):
        _note("person.viewing_ended", by)
        session.cycle_key()


def _note(action: str, by: Person, changes: dict[str, object] | None = None) -> None:
    entry = store.audit_entry(by=by, action=action, object_type="person", object_id=by.user_id, changes=changes)
    store.save_audit(entry)
