"""The page of a lesson: its part, made by `lms.parts.<kind>`, the outline beside it, and the way on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from accounts.http import Request
from content.models import ContentItem
from core.aws.records import BaseRecord
from lms import store
from lms.enums import LessonType, ProgressStatus
from lms.models import Course
from lms.pages.course import Line, Part, line_of, parts_of
from lms.parts import document
from lms.parts.items import items_in
from lms.rules.outline import Entry, Outline
from lms.services.learning import Learning
from lms.store.learning import Beside
from lms.words import rule_of


@dataclass(frozen=True)
class LessonPage:
    """`may_mark`: she may say herself that it is done. `place` counts from 1."""

    line: Line
    outline: Sequence[Part]
    before: Line | None
    after: Line | None
    place: int
    count: int
    rule: str
    may_mark: bool
    template: str
    part: Any


def beside_lesson(lesson_id: str) -> Beside:
    """The items that the lesson shows, to be read together with her progress."""

    def beside(course: Course, outline: Outline) -> Mapping[type[BaseRecord], Iterable[Any]]:
        if lesson_id not in outline.by_id:
            return {}
        return {ContentItem: items_in(store.published_lesson(course.course_id, outline.version, lesson_id))}

    return beside


def lesson_page(request: Request, taken: Learning, entry: Entry, lesson: Mapping[str, Any]) -> LessonPage:
    part = import_module(f"lms.parts.{entry.lesson_type.value}").part(request, taken, entry, lesson)
    return _page(taken, entry, part, may_mark(taken, entry, lesson, part))


def lesson_state(taken: Learning, entry: Entry) -> LessonPage:
    """What surrounds the lesson alone, for a page that has it already."""
    return _page(taken, entry, None, entry.lesson_type is LessonType.TEXT)


def _page(taken: Learning, entry: Entry, part: Any, markable: bool) -> LessonPage:
    before, after = taken.outline.beside(entry.lesson_id)
    line = line_of(taken, entry)
    return LessonPage(
        line=line,
        outline=parts_of(taken),
        before=line_of(taken, before) if before else None,
        after=line_of(taken, after) if after else None,
        place=taken.outline.lessons.index(entry) + 1,
        count=len(taken.outline.lessons),
        rule=rule_of(entry.lesson_type),
        may_mark=line.state != ProgressStatus.COMPLETED and markable,
        template=f"lms/lessons/_{entry.lesson_type.value}.html",
        part=part,
    )


def may_mark(taken: Learning, entry: Entry, lesson: Mapping[str, Any], part: Any = None) -> bool:
    """A text always; a video where the course trusts its learners, or where nobody knows how long it is.

    And a document that she cannot open, because it was retired or hidden: nobody is stuck for that.
    """
    if entry.lesson_type is LessonType.VIDEO:
        return taken.outline.self_marking or not entry.duration_seconds
    if entry.lesson_type is LessonType.DOCUMENT:
        return not (part.row if part else document.rows_for(taken.person, lesson, taken.beside))
    return entry.lesson_type is LessonType.TEXT
