"""Courses for tests, made through the services, so that they are always legal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.person import Person
from content.tests.factories import suite
from core.testing import CARL, RITA
from lms import store
from lms.enums import LessonType
from lms.models import Course, Lesson
from lms.services import courses, lessons, publishing


def fields(title: str = "Renewals in practice", **changes: Any) -> courses.Fields:
    given = {"description": "How to renew on time.", "product_suite": suite()} | changes
    return courses.Fields(title=title, **given)


def text(title: str = "Start early", *, body: str = "Begin 120 days before.", **changes: Any) -> lessons.Fields:
    return lessons.Fields(title=title, content={"body": body}, **changes)


def make_draft(*, owner: Person = CARL, lesson_count: int = 2, **changes: Any) -> Course:
    """A course of text lessons that could be published as it is."""
    course_id = courses.create(fields=fields(**changes), by=owner).course_id
    for number in range(1, lesson_count + 1):
        add_text(course_id, f"Lesson {number}", by=owner)
    return store.course_by_id(course_id, fresh=True)


def make_course(*, owner: Person = CARL, approver: Person = RITA, lesson_count: int = 2, **changes: Any) -> Course:
    """Published."""
    draft = make_draft(owner=owner, lesson_count=lesson_count, **changes)
    return publishing.publish(course_id=draft.course_id, by=approver)


def add_text(course_id: str, title: str = "Start early", *, by: Person = CARL, **changes: Any) -> Lesson:
    return lessons.add(course_id=course_id, lesson_type=LessonType.TEXT, fields=text(title, **changes), by=by)


def add_lesson(
    course_id: str, lesson_type: LessonType, title: str, content: dict[str, Any], *, by: Person = CARL, **changes: Any
) -> Lesson:
    made = lessons.Fields(title=title, content=content, **changes)
    return lessons.add(course_id=course_id, lesson_type=lesson_type, fields=made, by=by)


def lesson_ids(course: Course) -> Sequence[str]:
    """In the order of the live outline."""
    return [entry.lesson_id for entry in store.outline_of(course.course_id, int(course.version)).lessons]
