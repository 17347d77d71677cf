"""What learners read of a course: its own page and the order of its lessons. A value made of a snapshot's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from lms.enums import LessonType


@dataclass(frozen=True)
class Entry:
    """A lesson in the outline. Completions older than version `redo_from` count for those alone who had finished."""

    lesson_id: str
    section_id: str
    title: str
    lesson_type: LessonType
    required: bool = True
    duration_seconds: int = 0
    description: str = ""
    redo_from: int = 0


@dataclass(frozen=True)
class Section:
    section_id: str
    title: str


@dataclass(frozen=True)
class Outline:
    """Lessons stand in the order of their sections. `title` and the rest are the course's as they were published."""

    course_id: str
    version: int
    title: str
    description: str
    outcomes: tuple[str, ...]
    sections: tuple[Section, ...]
    lessons: tuple[Entry, ...]
    prerequisite_ids: tuple[str, ...] = ()
    related_item_ids: tuple[str, ...] = ()
    self_marking: bool = True
    certificate: bool = True
    validity_months: int | None = None
    renewal_window_days: int = 60
    duration_minutes: int = 0

    @cached_property
    def required(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.lessons if entry.required)

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        return {entry.lesson_id: entry for entry in self.lessons}

    def in_section(self, section_id: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.lessons if entry.section_id == section_id)

    def beside(self, lesson_id: str) -> tuple[Entry | None, Entry | None]:
        """The lesson before and the one after."""
        place = self.lessons.index(self.by_id[lesson_id])
        before = self.lessons[place - 1] if place else None
        return before, self.lessons[place + 1] if place + 1 < len(self.lessons) else None

    def in_lists(self) -> dict[str, Any]:
        """What lists of courses show, so that they need not read the outline."""
        return {
            "title": self.title,
            "summary": self.description,
            "lessons": len(self.lessons),
            "minutes": self.duration_minutes,
        }

    def to_data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Outline:
        lists = {name: tuple(data.get(name, ())) for name in ("outcomes", "prerequisite_ids", "related_item_ids")}
        sections = tuple(Section(**one) for one in data["sections"])
        lessons = tuple(Entry(**one | {"lesson_type": LessonType(one["lesson_type"])}) for one in data["lessons"])
        return cls(**dict(data) | lists | {"sections": sections, "lessons": lessons})


def in_order(sections: tuple[Section, ...], lessons: list[Any]) -> list[Any]:
    """By section, then by `order_index`; a lesson whose section is gone stands at the end."""
    places = {section.section_id: place for place, section in enumerate(sections)}
    return sorted(lessons, key=lambda lesson: (places.get(lesson.section_id, len(places)), lesson.order_index))
