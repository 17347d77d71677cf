"""Who took a copy of which numbers, for the audit log."""

from __future__ import annotations

from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry, save_audit
from analytics.rules.months import Span


def note_export(*, name: str, span: Span, product: str, by: Person) -> None:
    """Raises Refused."""
    require(by, Permission.ANALYTICS_READ)
    chosen = {"first": span.first.isoformat(), "last": span.last.isoformat(), "product": product}
    changes = {key: {"after": value} for key, value in chosen.items() if value}
    entry = audit_entry(by=by, action="analytics.exported", object_type="analytics", object_id=name, changes=changes)
    save_audit(entry)
