"""Audit entries for what happens in Cognito, which takes part in no transaction of ours."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from accounts import store
from accounts.enums import AuditResult
from accounts.models import AuditEntry
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
