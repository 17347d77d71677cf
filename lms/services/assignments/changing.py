"""What managers do to assignments that are still open. Completed ones are history."""

from __future__ import annotations

from typing import Any

from accounts.permissions import Permission, require
from accounts.person import SYSTEM, Person
from accounts.store import audit_entry, profile_of
from core.errors import Invalid, Refused, Stale
from core.events import Event, telling
from lms.enums import AssignmentStatus
from lms.models import Assignment
from lms.rules import dues
from lms.services.assignments import orders
from lms.services.assignments.orders import When
from lms.store import assignments as store

MOST_REASON = 500
_CLOSED = {
    AssignmentStatus.COMPLETED: "It has been completed already.",
    AssignmentStatus.WAIVED: "It has been waived already.",
    AssignmentStatus.CANCELLED: "It has been cancelled already.",
}


def extend(*, user_id: str, assignment_id: str, when: When, by: Person) -> Assignment:
    """Gives it another due date, or none. Reminders begin anew."""
    one = _open(user_id, assignment_id, by)
    orders.check_when(when)
    before = one.due_date
    orders.put_due(one, when.for_zone(orders.zone_of(profile_of(user_id))))
    return _save(one, "assignment.extended", by, changes={"due_date": {"before": before, "after": one.due_date}})


def waive(*, user_id: str, assignment_id: str, reason: str, by: Person) -> Assignment:
    """She need not do it; the reason is kept."""
    one = _open(user_id, assignment_id, by)
    if not reason.strip():
        raise Invalid(fields={"reason": "Say why it need not be done."})
    return _close(one, AssignmentStatus.WAIVED, reason, by)


def cancel(*, user_id: str, assignment_id: str, reason: str = "", by: Person) -> Assignment:
    """It was never meant: she does not see it any more."""
    return _close(_open(user_id, assignment_id, by), AssignmentStatus.CANCELLED, reason, by)


def move_with_zone(*, user_id: str, zone: str) -> int:
    """The days on which her open assignments are due end in another zone now; returns how many moved."""
    moved = 0
    for one in store.assignments_of(user_id, fresh=True):
        due = orders.due_of(one)
        if one.status in dues.OPEN and due and due.on and due.zone != zone:
            told, reminded = one.overdue_told_at, one.reminded
            orders.put_due(one, dues.due_on(due.on, zone))
            one.overdue_told_at, one.reminded = told, reminded  # said once is said
            _save(one, "assignment.moved", SYSTEM, changes={"due_zone": {"before": due.zone, "after": zone}})
            moved += 1
    return moved


def _open(user_id: str, assignment_id: str, by: Person) -> Assignment:
    require(by, Permission.LEARNING_ASSIGN)
    one = store.assignment_by_id(user_id, assignment_id, fresh=True)
    if one.status not in dues.OPEN:
        raise Refused(_CLOSED[AssignmentStatus(one.status)])
    return one


def _close(one: Assignment, status: AssignmentStatus, reason: str, by: Person) -> Assignment:
    reason = reason.strip()
    if len(reason) > MOST_REASON:
        raise Invalid(fields={"reason": f"Keep it under {MOST_REASON} characters."})
    one.status, one.closed_by, one.closed_reason = status.value, by.user_id, reason or None
    return _save(one, f"assignment.{status.value}", by, reason=reason)


def _save(one: Assignment, action: str, by: Person, **details: Any) -> Assignment:
    entry = audit_entry(by=by, action=action, object_type="assignment", object_id=one.assignment_id, **details)
    told = {"user_id": one.user_id, "target": one.target, "due_at": one.due_date}
    try:
        with telling(Event(action, one.assignment_id, by.user_id, told)):
            store.save(one, audit=[entry])
    except Stale as error:
        raise Stale("Something changed about this assignment meanwhile. Look at it again.") from error
    return one
