"""What becomes of assignments by what their people do: begun with the course, completed together with it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from accounts.person import Person
from core.errors import Stale
from core.events import Event, telling
from lms.enums import AssignmentStatus
from lms.models import Assignment, CourseProgress
from lms.rules import dues
from lms.rules.outline import Outline
from lms.services.assignments.orders import COURSE, PATH
from lms.services.consequences import NOTHING, Consequences
from lms.store import assignments as store

_TRIES = 3


def on_completion(person: Person, outline: Outline, summary: CourseProgress, now: datetime) -> Consequences:
    """Her open assignments of the course, met by this completion; for the transaction that it is written in."""
    told = NOTHING
    for one in store.open_for(person.user_id, f"{COURSE}:{outline.course_id}"):
        if int(one.cycle) <= int(summary.cycle):
            event = _met(one, summary.completed_at or now)
            told += Consequences(changes=[store.put(one)], events=[event])
    return told


def complete(*, user_id: str, target: str, at: datetime, cycle: int = 1) -> None:
    """The same where it could not be one transaction: of a path, or of what was assigned in that very moment."""
    for one in store.open_for(user_id, target):
        if int(one.cycle) <= cycle:
            event = _met(one, at)
            with suppress(Stale), telling(event):
                store.save(one)


def begin(*, user_id: str, target: str) -> None:
    for one in store.open_for(user_id, target):
        if one.status == AssignmentStatus.ASSIGNED:
            one.status = AssignmentStatus.IN_PROGRESS.value
            begun = Event("assignment.begun", one.assignment_id, user_id, {"user_id": user_id, "target": target})
            with suppress(Stale), telling(begun):  # completed, or withdrawn, meanwhile: that is further than begun
                store.save(one)


def open_paths(user_id: str) -> set[str]:
    """The ids of paths that she is still asked to take."""
    mine = store.assignments_of(user_id, fresh=True)
    return {one.course_id for one in mine if one.status in dues.OPEN and one.target == f"{PATH}:{one.course_id}"}


def _met(one: Assignment, at: datetime) -> Event:
    one.status = AssignmentStatus.COMPLETED.value
    one.completed_at, one.late = at, dues.is_late(at, one.due_at)
    told: dict[str, str | bool] = {"user_id": one.user_id, "target": one.target, "late": bool(one.late)}
    return Event("assignment.completed", one.assignment_id, one.user_id, told)
