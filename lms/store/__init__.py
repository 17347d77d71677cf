"""Access patterns, a module per noun. What the others need most is named here."""

from lms.store.courses import (
    course_by_id,
    courses_by_ids,
    delete_course,
    every_course,
    find_course,
    lesson_by_id,
    lessons_of,
    outline_of,
    published_lesson,
    registered,
    save_beside,
    save_course,
    save_lesson,
    save_snapshot,
)

__all__ = [
    "course_by_id",
    "courses_by_ids",
    "delete_course",
    "every_course",
    "find_course",
    "lesson_by_id",
    "lessons_of",
    "outline_of",
    "published_lesson",
    "registered",
    "save_beside",
    "save_course",
    "save_lesson",
    "save_snapshot",
]
