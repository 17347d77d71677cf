"""Assignments for tests, made through the services."""

from __future__ import annotations

from typing import Any

from accounts.person import Person
from core.testing import RITA, VERA
from lms.models import Assignment, Course, Path
from lms.services import assignments, learning
from lms.services.assignments import Order
from lms.store import assignments as store
from lms.tests.factories import lesson_ids


def order(what: Course | Path, **changes: Any) -> Order:
    kind, target_id = ("path", what.path_id) if isinstance(what, Path) else ("course", what.course_id)
    return Order(assignments.target_of(kind, target_id), **changes)


def assign(what: Course | Path, person: Person = VERA, *, by: Person = RITA, **changes: Any) -> Assignment:
    """As it stands in the table now."""
    (given,) = assignments.assign(user_ids=[person.user_id], order=order(what, **changes), by=by)
    return store.assignment_by_id(person.user_id, given.assignment_id, fresh=True)


def again(assignment: Assignment) -> Assignment:
    return store.assignment_by_id(assignment.user_id, assignment.assignment_id, fresh=True)


def complete(course: Course, person: Person = VERA) -> None:
    for lesson_id in lesson_ids(course):
        learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_id, by=person)
