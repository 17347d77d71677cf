"""Lessons that say the same as others, under ids of their own."""

from __future__ import annotations

from core import clock
from core.ids import new_id
from lms.enums import LessonType
from lms.models import Lesson, Transcript
from lms.store import transcripts


def copied(source: Lesson, course_id: str, section_id: str, lesson_id: str | None = None) -> Lesson:
    """A new lesson that says the same. Its video is the same file, which no author ever overwrites."""
    kept = {
        name: value
        for name, value in source.attribute_values.items()
        if name not in ("rev", "moves", "lesson_id", "course_id", "section_id")
    }
    now = clock.now()
    copy = Lesson(course_id=course_id, lesson_id=lesson_id or new_id(), section_id=section_id, **kept)
    copy.created_at = copy.updated_at = now
    return copy


def copied_transcripts(source: Lesson, copy: Lesson) -> list[Transcript]:
    """Captions of the video that both show now. What a machine is still listening for comes to the source alone."""
    if source.lesson_type != LessonType.VIDEO or not source.video_s3_key:
        return []
    now = clock.now()
    kept = []
    for one in transcripts.of_lesson(source.lesson_id, fresh=True):
        if one.media_key == source.video_s3_key and not one.job and "#" not in one.language:
            values = {name: value for name, value in one.attribute_values.items() if name != "rev"}
            values |= {"lesson_id": copy.lesson_id, "course_id": copy.course_id, "created_at": now, "updated_at": now}
            kept.append(Transcript(**values))
    return kept
