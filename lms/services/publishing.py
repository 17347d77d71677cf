"""What learners read: publishing takes a numbered snapshot of the author's draft."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any

from accounts.permissions import Permission, require
from accounts.person import Person
from core import clock
from core.errors import Invalid
from lms import store
from lms.enums import CourseStatus, LessonType
from lms.models import Course, Lesson, Snapshot
from lms.rules import lessons as lesson_rules
from lms.rules import quizzes
from lms.rules.outline import Entry, Outline, in_order
from lms.services import courses
from lms.store.courses import OUTLINE, part_key

_SHOWN = ("title", "description", "lesson_type", "required", "duration_seconds", "content")
_FILES = ("video_s3_bucket", "video_s3_key", "transcript_s3_bucket", "transcript_s3_key")


def publish(*, course_id: str, by: Person, redo: Collection[str] = ()) -> Course:
    """Lessons in `redo` must be done again by those who have not finished. Raises Invalid with what is missing."""
    course = courses.authored(course_id, by)
    require(by, Permission.COURSES_PUBLISH)
    lessons = in_order(courses.sections_of(course), store.lessons_of(course_id, fresh=True))
    if problems := problems_of(course, lessons):
        raise Invalid(" ".join(problems.values()))
    number, now = int(course.version) + 1, clock.now()
    outline = outline_for(course, lessons, number, redo)
    store.save_snapshot(
        [*_lesson_parts(outline, lessons, by), _part(course_id, number, OUTLINE, outline.to_data(), by)]
    )
    course.version = number
    course.status = CourseStatus.PUBLISHED.value
    course.published_at, course.published_by = now, by.user_id
    course.published_digest = digest_of(course, lessons)
    course.estimated_duration_minutes = outline.duration_minutes
    courses.save(course, "course.published", by)
    return course


def problems_of(course: Course, lessons: Sequence[Lesson]) -> dict[str, str]:
    """What stands in the way, by the id of the lesson, or the field of the course, that it is about."""
    problems = {}
    if not course.description.strip():
        problems["description"] = "Describe what the course is about."
    if not any(lesson.required for lesson in lessons):
        problems["lessons"] = "At least one lesson must be required."
    for lesson in lessons:
        kind = LessonType(lesson.lesson_type)
        missing = lesson_rules.missing(kind, lesson.content, has_video=bool(lesson.video_s3_key))
        if kind is LessonType.QUIZ:
            missing = quizzes.missing(lesson.content)
        if missing:
            problems[lesson.lesson_id] = f"“{lesson.title}”: {missing}"
    return problems


def outline_for(course: Course, lessons: Sequence[Lesson], version: int, redo: Collection[str] = ()) -> Outline:
    """What the draft would be as that version."""
    before = store.outline_of(course.course_id, int(course.version)).by_id if course.version else {}

    def redo_from(lesson_id: str) -> int:
        return version if lesson_id in redo else before[lesson_id].redo_from if lesson_id in before else 0

    entries = tuple(
        Entry(
            lesson_id=lesson.lesson_id,
            section_id=lesson.section_id,
            title=lesson.title,
            description=lesson.description,
            lesson_type=LessonType(lesson.lesson_type),
            required=bool(lesson.required),
            duration_seconds=int(lesson.duration_seconds),
            redo_from=redo_from(lesson.lesson_id),
        )
        for lesson in lessons
    )
    seconds = sum(entry.duration_seconds for entry in entries)
    return Outline(
        course_id=course.course_id,
        version=version,
        title=course.title,
        description=course.description,
        outcomes=tuple(course.outcomes),
        sections=courses.sections_of(course),
        lessons=entries,
        prerequisite_ids=tuple(course.prerequisite_ids),
        related_item_ids=tuple(course.related_item_ids),
        self_marking=bool(course.self_marking),
        certificate=bool(course.certificate),
        validity_months=int(course.validity_months) if course.validity_months else None,
        renewal_window_days=int(course.renewal_window_days),
        duration_minutes=int(course.duration_override or -(-seconds // 60)),
    )


def digest_of(course: Course, lessons: Sequence[Lesson]) -> str:
    """The same for drafts of which learners would read the same."""
    told: list[Any] = [outline_for(course, lessons, 0).to_data() | {"lessons": None, "version": 0}]
    told += [[lesson.lesson_id, lesson.section_id, lesson_data(lesson)] for lesson in lessons]
    return sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def lesson_data(lesson: Lesson) -> dict[str, Any]:
    return {name: getattr(lesson, name) for name in (*_SHOWN, *_FILES)}


def _lesson_parts(outline: Outline, lessons: Sequence[Lesson], by: Person) -> list[Snapshot]:
    return [_part(outline.course_id, outline.version, lesson.lesson_id, lesson_data(lesson), by) for lesson in lessons]


def _part(course_id: str, number: int, part: str, data: dict[str, Any], by: Person) -> Snapshot:
    return Snapshot(
        course_id=course_id,
        part=part_key(number, part),
        data=data,
        published_at=clock.now(),
        published_by=by.user_id,
    )
