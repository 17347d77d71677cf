"""Access patterns of assignments, each one request of a key or an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from accounts.models import AuditEntry
from core import clock
from core.aws.records import Check, Delete, Put, find, get, get_many, query, write
from lms.enums import AssignmentStatus
from lms.models import Assignment
from lms.rules.dues import OPEN

MOST_ASSIGNED = 500
_AT_ONCE = 500


def assignments_of(user_id: str, *, fresh: bool = False) -> list[Assignment]:
    """All of hers that were not cancelled, by due date; those without one last."""
    page = query(Assignment, user_id, scope=f"assigned:{user_id}", limit=MOST_ASSIGNED, consistent=fresh)
    found = [one for one in page.items if one.status != AssignmentStatus.CANCELLED]
    return sorted(found, key=lambda one: (one.due_date or "~", one.assigned_at))


def open_for(user_id: str, target: str) -> list[Assignment]:
    """Hers of a course or a path that are still to be done, read afresh."""
    return [one for one in assignments_of(user_id, fresh=True) if one.target == target and one.status in OPEN]


def assignment_by_id(user_id: str, assignment_id: str, *, fresh: bool = False) -> Assignment:
    """Raises NotFound."""
    return get(Assignment, user_id, assignment_id, consistent=fresh)


def find_assignment(user_id: str, assignment_id: str, *, fresh: bool = False) -> Assignment | None:
    return find(Assignment, user_id, assignment_id, consistent=fresh)


def assignments_by_keys(keys: Sequence[tuple[str, str]]) -> list[Assignment]:
    """In the order asked for; one BatchGet per hundred; missing ones left out."""
    found = {(one.user_id, one.assignment_id): one for one in get_many(Assignment, keys)}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def assignments_to(target_id: str) -> Iterator[Assignment]:
    """Of a course or a path, by its id: all there are, oldest first. For jobs and exports."""
    cursor = None
    while True:
        scope = f"assigned-to:{target_id}"
        page = query(Assignment.by_course, target_id, scope=scope, cursor=cursor, limit=_AT_ONCE)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def open_due_on(day: date) -> Iterator[Assignment]:
    """What is still to be done and due on that day, in UTC."""
    cursor, key = None, day.isoformat()
    while True:
        page = query(Assignment.by_due, key, scope=f"due:{key}", cursor=cursor, limit=_AT_ONCE)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def save(assignment: Assignment, *also: Put | Delete | Check, audit: Sequence[AuditEntry] = ()) -> None:
    """Raises Stale when somebody else changed it meanwhile, or made it."""
    write(put(assignment), *also, audit=audit)


def put(assignment: Assignment) -> Put:
    """For a transaction: with what follows from its state kept in step."""
    due_at = assignment.due_at if assignment.status in OPEN else None
    assignment.open_due = due_at.date().isoformat() if due_at else None
    assignment.updated_at = clock.now()
    return Put(assignment)


def every_assignment(target_ids: Iterable[str]) -> Iterator[Assignment]:
    """For rebuilding the index; never within a request."""
    for target_id in target_ids:
        yield from assignments_to(target_id)
