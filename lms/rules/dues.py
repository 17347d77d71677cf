"""When something assigned is due, and whether it is late. Overdue is never stored: it follows from the clock."""

from __future__ import annotations

from datetime import datetime

from lms.enums import AssignmentStatus

OPEN = frozenset({AssignmentStatus.ASSIGNED.value, AssignmentStatus.IN_PROGRESS.value})


def is_overdue(status: str, due_at: datetime | None, now: datetime) -> bool:
    return status in OPEN and due_at is not None and due_at < now


def shown_status(status: str, due_at: datetime | None, now: datetime) -> AssignmentStatus:
    return AssignmentStatus.OVERDUE if is_overdue(status, due_at, now) else AssignmentStatus(status)
