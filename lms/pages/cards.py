"""Courses as lists show them: words looked up once for the page, nothing left for the template to compute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from lms.enums import CourseStatus, ProgressStatus
from lms.models import Course, CourseProgress
from lms.pages.covers import Drawing, drawing_of
from lms.thumbnails import thumbnail_url
from lms.words import lessons_label, level_label, minutes_label
from metadata.models import Option
from metadata.store import by_id

SHORT = 160


@dataclass(frozen=True)
class Card:
    """What everybody sees of a course, and how far this person is. `cover` is empty where one is drawn."""

    course_id: str
    url: str
    title: str
    summary: str
    suite: str
    hue: str
    concept: str
    level: str
    duration: str
    lessons: str
    cover: str
    state: str
    percent: int
    withdrawn: bool

    @property
    def facts(self) -> str:
        return " · ".join(filter(None, (self.level, self.duration, self.lessons)))

    @property
    def drawing(self) -> Drawing:
        return drawing_of(self.course_id)


def cards_of(courses: Iterable[Course], begun: Mapping[str, CourseProgress]) -> list[Card]:
    options = by_id()
    return [card_of(course, begun.get(course.course_id), options) for course in courses]


def card_of(course: Course, mine: CourseProgress | None, options: Mapping[str, Option]) -> Card:
    live = live_facts(course)
    suite = options.get(course.product_suite or "")
    concept = options.get(course.product_concept or "")
    return Card(
        course_id=course.course_id,
        url=reverse("lms:course", args=[course.course_id]),
        title=live["title"],
        summary=_short(live["summary"]),
        suite=suite.label if suite else "",
        hue=(suite.color if suite else None) or "slate",
        concept=concept.label if concept else "",
        level=level_label(course.difficulty_level),
        duration=minutes_label(int(live["minutes"])),
        lessons=lessons_label(int(live["lessons"])),
        cover=thumbnail_url(course),
        state=state_of(mine),
        percent=percent_of(mine),
        withdrawn=course.status != CourseStatus.PUBLISHED,
    )


def live_facts(course: Course) -> Mapping[str, Any]:
    """Of what learners read; a course that was never published has only its draft."""
    return course.live or {
        "title": course.title,
        "summary": course.description,
        "lessons": int(course.lesson_count),
        "minutes": int(course.estimated_duration_minutes),
    }


def state_of(mine: CourseProgress | None) -> str:
    if mine is None:
        return ProgressStatus.NOT_STARTED.value
    return str(ProgressStatus.COMPLETED if mine.completed_at else mine.status)


def percent_of(mine: CourseProgress | None) -> int:
    if mine is None:
        return 0
    return 100 if mine.completed_at else int(mine.progress_percentage)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHORT else words[:SHORT].rsplit(" ", 1)[0] + "…"
