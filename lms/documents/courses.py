"""What the derived index holds of courses: the texts of the live version, and the fields that lists filter by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.index.documents import Document, Term
from lms import store
from lms.models import Course
from metadata.store import labels, resolve

COURSE = "course"
OPTION_FIELDS = {
    "product_suite": "product_suite",
    "product": "product",
    "product_concept": "product_concept",
    "topic_tag": "tag",
    "badge": "badge",
}
"""Group of options -> the field by which lists filter; it holds what stands for the option now."""
NAMES = "names"
"""The field for options as they are written down; merges look for it."""
_SINGLE = ("product_suite", "product", "product_concept", "badge")
DURATIONS = (("short", 15), ("medium", 45), ("long", 120), ("very_long", None))
"""How lists group durations: up to so many minutes."""


def course_document(course: Course, known: Mapping[str, str]) -> Document:
    options = [course.product_suite, course.product, course.product_concept, *course.tags]
    outline = store.outline_of(course.course_id, int(course.version)) if course.version else None
    lessons = outline.lessons if outline else ()
    return Document(
        kind=COURSE,
        doc_id=course.course_id,
        title=outline.title if outline else course.title,
        summary=outline.description if outline else course.description,
        keywords=" ".join(known.get(option, "") for option in options if option),
        body="\n".join(
            [*(outline.outcomes if outline else ()), *(f"{one.title} {one.description}" for one in lessons)]
        ),
        terms=tuple(course_terms(course)),
        updated_at=course.published_at or course.updated_at,
    )


def course_terms(course: Course) -> Iterator[Term]:
    yield Term("status", course.status)
    yield Term("author", course.owner_user_id)
    yield Term("course", course.course_id)
    if course.difficulty_level:
        yield Term("difficulty", course.difficulty_level)
    yield Term("duration", duration_group(int(course.estimated_duration_minutes)))
    for name in _SINGLE:
        if value := getattr(course, name):
            yield Term(name, resolve(value))
    for tag in sorted({resolve(tag) for tag in course.tags}):  # else the words of a lesson are other ones each time
        yield Term("tag", tag)
    for option in options_of(course):
        yield Term(NAMES, option)
    if course.ready_at:
        yield Term("state", "ready")
    if course.version and course.draft_changed:
        yield Term("state", "changed")


def options_of(course: Course) -> set[str]:
    """As they are written down."""
    return {option for option in (*(getattr(course, name) for name in _SINGLE), *course.tags) if option}


def duration_group(minutes: int) -> str:
    return next(name for name, most in DURATIONS if most is None or minutes <= most)


def every_course_document() -> Iterator[Document]:
    known = labels()
    for course in store.every_course():
        yield course_document(course, known)
