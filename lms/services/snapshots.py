"""A course as one value: what learners would read of the author's draft, and the parts that a publication keeps."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from accounts.person import Person
from lms import store
from lms.enums import LessonType
from lms.models import Course, Lesson, Snapshot
from lms.rules.outline import Entry, Outline
from lms.services import courses
from lms.store.courses import OUTLINE, part_key

_SHOWN = ("title", "description", "lesson_type", "required", "duration_seconds", "content")
_FILES = ("video_s3_bucket", "video_s3_key", "transcript_s3_bucket", "transcript_s3_key")


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


def parts_of(outline: Outline, lessons: Sequence[Lesson], by: Person, now: datetime) -> list[Snapshot]:
    """The outline last: it is what a version is read by."""
    told = {lesson.lesson_id: lesson_data(lesson) for lesson in lessons} | {OUTLINE: outline.to_data()}
    return [
        Snapshot(
            course_id=outline.course_id,
            part=part_key(outline.version, part),
            data=data,
            published_at=now,
            published_by=by.user_id,
        )
        for part, data in told.items()
    ]
