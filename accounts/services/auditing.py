"""Audit entries for what happens in Cognito, which takes part in no transaction of ours."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.validators import slug_re

from accounts import store
from accounts.enums import AuditResult
from accounts.models import AuditEntry
from accounts.permissions import Permission, require
from accounts.person import Person
from core.errors import PortalError

logger = logging.getLogger(__name__)


@contextmanager
def audited(entry: AuditEntry) -> Iterator[None]:
    """The entry is written before the change is tried, so that none goes without; a second one tells that it failed."""
    store.save_audit(entry)
    try:
        yield
    except Exception:
        _tell_that_it_failed(entry)
        raise


def _tell_that_it_failed(entry: AuditEntry) -> None:
    try:
        store.save_audit(store.again(entry, result=AuditResult.FAILED))
    except PortalError:
        logger.exception("failed change has no second audit entry", extra={"action": entry.action})


def note_export(*, by: Person, chosen: Mapping[str, str]) -> None:
    """Who took a copy of the audit log, and of which part."""
    require(by, Permission.AUDIT_READ)
    changes = {name: {"after": value} for name, value in chosen.items()}
    store.save_audit(
        store.audit_entry(by=by, action="audit.exported", object_type="audit", object_id="log", changes=changes)
    )


def note_denial(*, by: Person, route: str, user_id: str = "") -> None:
    """What she tried, and on whom if on anybody. That it cannot be written down does not make it allowed.

    Programs can write anything where an id belongs; what cannot be one is nobody's.
    """
    object_type, object_id = ("person", user_id) if slug_re.match(user_id) else ("area", route)
    entry = store.audit_entry(
        by=by,
        action="manage.attempted",
        object_type=object_type,
        object_id=object_id,
        changes={"route": {"after": route}},
        result=AuditResult.DENIED,
    )
    try:
        store.save_audit(entry)
    except PortalError:
        logger.exception("denied attempt has no audit entry", extra={"route": route})
