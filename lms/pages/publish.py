"""The page before publishing: what is missing, with the way there, and what learners will find changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from core.errors import Refused
from lms.enums import CourseMove, CourseStatus
from lms.models import Course, Lesson
from lms.rules.course_lifecycle import Transition, transition
from lms.services.checklist import problems_of
from lms.services.differences import Differences, differences
from lms.services.lesson_order import arranged
from lms.services.publishing import check_move

_FIELDS = {
    "title": "Title",
    "description": "What it is about",
    "outcomes": "What people will learn",
    "prerequisite_ids": "Courses to take before",
    "related_item_ids": "Items of the library that go with it",
    "self_marking": "Learners may mark lessons as done themselves",
    "certificate": "Certificate",
    "validity_months": "Validity",
    "renewal_window_days": "Renewal",
}


@dataclass(frozen=True)
class Point:
    """Of the checklist. `url` leads to where a problem is mended."""

    label: str
    problem: str
    url: str


@dataclass(frozen=True)
class PublishPage:
    course: Course
    transition: Transition
    points: Sequence[Point]
    lesson_problems: Sequence[Point]
    differences: Differences
    changed_fields: Sequence[str]
    redoable: Sequence[Lesson]
    refused: str

    @property
    def ready(self) -> bool:
        return not any(point.problem for point in (*self.points, *self.lesson_problems))


def publish_page(person: Person, course: Course) -> PublishPage:
    _, lessons = arranged(course)
    problems = problems_of(course, lessons)
    changes = differences(course, lessons)
    return PublishPage(
        course=course,
        transition=transition(CourseMove.PUBLISH, CourseStatus(course.status), int(course.version)),
        points=_points(course, problems),
        lesson_problems=[
            _of_lesson(lesson, problems[lesson.lesson_id]) for lesson in lessons if lesson.lesson_id in problems
        ],
        differences=changes,
        changed_fields=[gettext(_FIELDS[name]) for name in changes.fields if name in _FIELDS],
        redoable=changes.changed,
        refused=_refused(person, course),
    )


def _points(course: Course, problems: dict[str, str]) -> list[Point]:
    edit = reverse("lms:manage-edit", args=[course.course_id])
    builder = reverse("lms:manage-course", args=[course.course_id])
    told = [
        ("title", gettext("It has a title"), f"{edit}#id_title"),
        ("description", gettext("It says what it is about"), f"{edit}#id_description"),
        ("owner", gettext("Somebody owns it"), builder),
        ("lessons", gettext("At least one lesson is required"), builder),
        ("order", gettext("Every lesson has its place"), builder),
        ("prerequisites", gettext("Its prerequisites lead to an end"), f"{edit}#prerequisite_ids"),
    ]
    return [Point(label, problems.get(name, ""), url) for name, label, url in told]


def _of_lesson(lesson: Lesson, problem: str) -> Point:
    url = reverse("lms:manage-lesson", args=[lesson.course_id, lesson.lesson_id])
    return Point(lesson.title, problem.partition("”: ")[2] or problem, url)


def _refused(person: Person, course: Course) -> str:
    try:
        check_move(course, CourseMove.PUBLISH, person)
    except Refused as refused:
        return refused.message
    return ""
