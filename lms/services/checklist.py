"""What stands in the way of publishing a course, in sentences for its author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from content.enums import Status
from content.permissions import status_of
from content.store import items_by_ids
from core import clock
from lms import store
from lms.enums import LessonType
from lms.models import Course, Lesson
from lms.rules import lessons as lesson_rules
from lms.rules import quizzes
from lms.rules.embedding import item_ids
from lms.rules.prerequisites import cycle_through
from lms.services import courses

_MOST_STEPS = 20


def problems_of(course: Course, lessons: Sequence[Lesson]) -> dict[str, str]:
    """By the id of the lesson, or the field of the course, that it is about."""
    return dict(_problems_of_course(course, lessons)) | problems_of_lessons(lessons)


def problems_of_lessons(lessons: Sequence[Lesson]) -> dict[str, str]:
    """By the id of the lesson; one request for all that is embedded in them."""
    problems = {}
    embedded = {lesson.lesson_id: embedded_ids(lesson) for lesson in lessons}
    approved = approved_of([content_id for ids in embedded.values() for content_id in ids])
    for lesson in lessons:
        missing = missing_in(lesson)
        if not missing and not approved.issuperset(embedded[lesson.lesson_id]):
            missing = "It shows an item of the library that is not approved, or is gone."
        if missing:
            problems[lesson.lesson_id] = f"“{lesson.title}”: {missing}"
    return problems


def _problems_of_course(course: Course, lessons: Sequence[Lesson]) -> Iterator[tuple[str, str]]:
    if not course.title.strip():
        yield "title", "Give the course a title."
    if not course.description.strip():
        yield "description", "Describe what the course is about."
    if not course.owner_user_id:
        yield "owner", "Nobody owns this course. An Admin can hand it over to somebody."
    if not any(lesson.required for lesson in lessons):
        yield "lessons", "At least one lesson must be required."
    if not _in_order(course, lessons):
        yield "order", "Two lessons have the same place. Move one of them."
    if cycle := cycle_of(course.course_id, course.prerequisite_ids):
        yield "prerequisites", f"It would be its own prerequisite: {' → '.join(cycle)}. Take one of them out."


def missing_in(lesson: Lesson) -> str:
    kind = LessonType(lesson.lesson_type)
    if kind is LessonType.QUIZ:
        return quizzes.missing(lesson.content)
    return lesson_rules.missing(kind, lesson.content, has_video=bool(lesson.video_s3_key))


def embedded_ids(lesson: Lesson) -> frozenset[str]:
    """The library's items that learners would see in it."""
    return frozenset(named_in(lesson.lesson_type, lesson.content))


def named_in(lesson_type: str, content: Mapping[str, Any]) -> Iterator[str]:
    """The same, of a lesson as a version has it."""
    if lesson_type == LessonType.DOCUMENT and content.get("content_id"):
        yield str(content["content_id"])
    if lesson_type == LessonType.TEXT:
        yield from item_ids(str(content.get("body", "")))


def approved_of(content_ids: Sequence[str]) -> frozenset[str]:
    """Those of them that every reader sees now."""
    now = clock.now()
    found = items_by_ids(list(dict.fromkeys(content_ids))) if content_ids else []
    return frozenset(item.content_id for item in found if status_of(item, now) is Status.APPROVED)


def cycle_of(course_id: str, prerequisite_ids: Sequence[str]) -> list[str]:
    """The titles along the way by which the course would be its own prerequisite. One request for each step."""
    before = {course_id: list(prerequisite_ids)}
    titles: dict[str, str] = {}
    ahead = set(prerequisite_ids)
    for _ in range(_MOST_STEPS):
        ahead -= before.keys()
        if not ahead:
            break
        found = store.courses_by_ids(sorted(ahead))
        before |= {one: [] for one in ahead} | {one.course_id: list(one.prerequisite_ids) for one in found}
        titles |= {one.course_id: one.title for one in found}
        ahead = {one for course in found for one in course.prerequisite_ids}
    return [titles.get(one, courses.THIS) for one in cycle_through(course_id, before)]


def _in_order(course: Course, lessons: Sequence[Lesson]) -> bool:
    sections = {section.section_id for section in courses.sections_of(course)}
    places = {int(lesson.order_index) for lesson in lessons}
    return len(places) == len(lessons) and all(lesson.section_id in sections for lesson in lessons)
