"""Access patterns of assignments, each one request of a key or an index."""

from __future__ import annotations

from core.aws.records import find, query
from lms.models import Assignment

MOST_ASSIGNED = 500


def assignments_of(user_id: str) -> list[Assignment]:
    """All of hers that were not cancelled, by due date; those without one last."""
    page = query(Assignment, user_id, scope=f"assigned:{user_id}", limit=MOST_ASSIGNED)
    found = [one for one in page.items if one.status != "cancelled"]
    return sorted(found, key=lambda one: (one.due_date or "~", one.assigned_at))


def find_assignment(user_id: str, assignment_id: str, *, fresh: bool = False) -> Assignment | None:
    return find(Assignment, user_id, assignment_id, consistent=fresh)
