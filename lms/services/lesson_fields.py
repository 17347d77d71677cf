"""What authors write into a lesson, and how it gets there."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from accounts.person import Person
from core.errors import Invalid
from lms.enums import LessonType
from lms.models import Lesson
from lms.rules import durations
from lms.rules.lessons import MOST_BODY, MOST_DESCRIPTION, MOST_TITLE, is_web_address
from lms.services import library


@dataclass(frozen=True)
class Fields:
    """`content` is what the lesson's kind needs, see `rules.lessons`. Without `duration_seconds` they are computed."""

    title: str
    description: str = ""
    required: bool = True
    duration_seconds: int = 0
    content: dict[str, Any] = field(default_factory=dict)


def fields_of(lesson: Lesson) -> Fields:
    return Fields(
        title=lesson.title,
        description=lesson.description,
        required=bool(lesson.required),
        duration_seconds=int(lesson.duration_override or 0),
        content=dict(lesson.content),
    )


def apply(lesson: Lesson, fields: Fields, by: Person) -> None:
    """Raises Invalid."""
    title = " ".join(fields.title.split())
    lesson_type = LessonType(lesson.lesson_type)
    _check(title, lesson_type, fields)
    for name, value in (asdict(fields) | {"title": title}).items():
        setattr(lesson, name, value)
    lesson.duration_override = fields.duration_seconds or None
    item_id = fields.content.get("content_id") if lesson_type is LessonType.DOCUMENT else None
    item_text = library.text_of(str(item_id), by) if item_id and not fields.duration_seconds else ""
    lesson.duration_seconds = fields.duration_seconds or durations.seconds_for(
        lesson_type, fields.content, item_text=item_text
    )


def _check(title: str, lesson_type: LessonType, fields: Fields) -> None:
    problems = {}
    if not title or len(title) > MOST_TITLE:
        problems["title"] = f"Give it a title of up to {MOST_TITLE} characters."
    if len(fields.description) > MOST_DESCRIPTION:
        problems["description"] = f"Keep it under {MOST_DESCRIPTION} characters."
    if len(str(fields.content.get("body", ""))) > MOST_BODY:
        problems["body"] = f"Keep it under {MOST_BODY} characters, or make two lessons of it."
    url = str(fields.content.get("url", ""))
    if lesson_type is LessonType.LINK and url and not is_web_address(url):
        problems["url"] = "Give a web address that begins with https:// or http://."
    if problems:
        raise Invalid(fields=problems)
