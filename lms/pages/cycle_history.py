"""What somebody did in a course, time after time: nothing of it is lost when she takes it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from accounts.person import Person
from core import clock
from core.errors import NotFound
from lms.enums import ProgressStatus
from lms.models import CourseProgress, LessonProgress
from lms.pages.certificate import Shown, shown
from lms.rules.outline import Outline
from lms.services import certificates, cycles, learning
from lms.services.cycles import Renewal


@dataclass(frozen=True)
class Lesson:
    title: str
    state: str
    completed_at: datetime | None
    points: tuple[int, int] | None


@dataclass(frozen=True)
class Cycle:
    number: int
    percent: int
    started_at: datetime
    completed_at: datetime | None
    version: int
    points: tuple[int, int] | None
    certificate: Shown | None
    lessons: Sequence[Lesson]


@dataclass(frozen=True)
class History:
    title: str
    cycles: Sequence[Cycle]
    renewal: Renewal | None


def history_of(person: Person, course_id: str) -> History:
    """Newest first. Raises NotFound for a course that she has never begun, or may not see."""
    taken = learning.load(person, course_id)
    if taken.summary is None:
        raise NotFound()
    past = cycles.past_of(person.user_id, course_id)
    every = [*past, taken.summary]
    certified = {one.certificate_id: shown(one) for one in certificates.named_by(every)}
    rows = cycles.lessons_of(person.user_id, course_id)
    told = [_cycle(taken.outline, summary, rows, certified.get(summary.certificate_id or "")) for summary in every]
    renewal = cycles.renewal_of(taken.outline, taken.summary, clock.now())
    return History(taken.outline.title, tuple(reversed(told)), renewal)


def _cycle(
    outline: Outline, summary: CourseProgress, rows: Sequence[LessonProgress], certificate: Shown | None
) -> Cycle:
    mine = {row.lesson_id: row for row in rows if int(row.cycle) == int(summary.cycle)}
    order = {entry.lesson_id: place for place, entry in enumerate(outline.lessons)}
    return Cycle(
        number=int(summary.cycle),
        percent=int(summary.progress_percentage),
        started_at=summary.started_at,
        completed_at=summary.completed_at,
        version=int(summary.course_version),
        points=_points(summary),
        certificate=certificate,
        lessons=[_lesson(outline, mine[one]) for one in sorted(mine, key=lambda one: order.get(one, len(order)))],
    )


def _lesson(outline: Outline, row: LessonProgress) -> Lesson:
    entry = outline.by_id.get(row.lesson_id)
    title = entry.title if entry else gettext("A lesson that was removed since")
    state = ProgressStatus(row.status)
    return Lesson(title, state.value, row.completed_at, _points(row))


def _points(row: CourseProgress | LessonProgress) -> tuple[int, int] | None:
    return (int(row.points or 0), int(row.points_possible)) if row.points_possible else None
