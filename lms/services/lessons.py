"""The lessons of a course as its authors write them: making, changing, ordering and removing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from accounts.person import Person
from core import clock
from core.errors import Invalid
from core.events import Event, publish
from core.ids import new_id
from lms import store
from lms.enums import LessonType
from lms.models import Lesson
from lms.rules.lessons import MOST_TITLE
from lms.rules.outline import in_order
from lms.services import courses
from lms.store.courses import MOST_LESSONS


@dataclass(frozen=True)
class Fields:
    """`content` is what the lesson's kind needs, see `rules.lessons`."""

    title: str
    description: str = ""
    required: bool = True
    duration_seconds: int = 0
    content: dict[str, Any] = field(default_factory=dict)


def add(
    *,
    course_id: str,
    lesson_type: LessonType,
    fields: Fields,
    by: Person,
    section_id: str | None = None,
    lesson_id: str | None = None,
) -> Lesson:
    """At the end of its section, the last one unless it is said which."""
    course = courses.authored(course_id, by)
    lessons = store.lessons_of(course_id, fresh=True)
    if len(lessons) >= MOST_LESSONS:
        raise Invalid(f"A course holds at most {MOST_LESSONS} lessons. Make two courses of it, and a path.")
    sections = courses.sections_of(course)
    now = clock.now()
    lesson = Lesson(
        course_id=course_id,
        lesson_id=lesson_id or new_id(),
        section_id=section_id if section_id in {one.section_id for one in sections} else sections[-1].section_id,
        lesson_type=lesson_type.value,
        order_index=len(lessons) + 1,
        created_at=now,
        updated_at=now,
    )
    _apply(lesson, fields)
    course.lesson_count = len(lessons) + 1
    changed = renumbered(in_order(sections, [*lessons, lesson]))
    courses.save(course, "course.lesson_added", by, *({lesson.lesson_id: lesson} | changed).values())
    publish(Event("lesson.created", lesson.lesson_id, by.user_id, {"course_id": course_id}))
    return lesson


def renumbered(lessons: list[Lesson]) -> dict[str, Lesson]:
    """Gives them the numbers of their places; those that had another, by id."""
    changed = {}
    for place, lesson in enumerate(lessons, start=1):
        if lesson.order_index != place:
            lesson.order_index = place
            lesson.moves = int(lesson.moves) + 1
            changed[lesson.lesson_id] = lesson
    return changed


def _apply(lesson: Lesson, fields: Fields) -> None:
    title = " ".join(fields.title.split())
    if not title or len(title) > MOST_TITLE:
        raise Invalid(fields={"title": f"Give it a title of up to {MOST_TITLE} characters."})
    for name, value in (asdict(fields) | {"title": title}).items():
        setattr(lesson, name, value)
