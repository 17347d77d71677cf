"""A person in a course: what she reads of it, and how far she is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from accounts.person import Person
from core.aws.together import Together
from core.errors import NotFound
from lms import permissions, store
from lms.enums import CourseStatus, ProgressStatus
from lms.models import Course, CourseProgress, LessonProgress
from lms.rules.outline import Entry, Outline
from lms.rules.progress import Rollup, Standing, course_rollup, next_lesson, standing_of
from lms.store import learning as rows_store
from lms.store.learning import Beside


@dataclass
class Learning:
    """`rows` are those of the present cycle, by lesson; `past` those of cycles that are over and not yet replaced.

    `beside` holds what was asked to be read together with them.
    """

    person: Person
    course: Course
    outline: Outline
    summary: CourseProgress | None
    rows: dict[str, LessonProgress]
    past: list[LessonProgress] = field(default_factory=list)
    beside: Together = field(default_factory=lambda: Together({}))

    @property
    def cycle(self) -> int:
        return int(self.summary.cycle) if self.summary else 1

    @property
    def finished(self) -> bool:
        return bool(self.summary and self.summary.completed_at)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        return {
            lesson_id: Standing(ProgressStatus(row.status), int(row.course_version), int(row.progress_percentage))
            for lesson_id, row in self.rows.items()
        }

    def put_row(self, row: LessonProgress) -> None:
        self.rows[row.lesson_id] = row
        self.__dict__.pop("standings", None)

    def standing(self, lesson_id: str) -> Standing:
        return standing_of(self.outline.by_id[lesson_id], self.standings, finished=self.finished)

    @property
    def rollup(self) -> Rollup:
        return course_rollup(self.outline, self.standings, finished=self.finished)

    @property
    def percent(self) -> int:
        """What her bar says. A course that she has finished stays finished, whatever was added since."""
        return 100 if self.finished else self.rollup.percent

    @property
    def next(self) -> Entry | None:
        last = str(self.summary.last_lesson_id) if self.summary and self.summary.last_lesson_id else None
        return next_lesson(self.outline, self.standings, last)

    @cached_property
    def new_since(self) -> frozenset[str]:
        """The lessons that the version which she finished did not have."""
        if not self.summary or not self.finished or int(self.summary.course_version) == self.outline.version:
            return frozenset()
        then = store.outline_of(self.outline.course_id, int(self.summary.course_version)).by_id
        return frozenset(lesson_id for lesson_id in self.outline.by_id if lesson_id not in then)

    def entry(self, lesson_id: str) -> Entry:
        """Raises NotFound for a lesson that is not in what learners read."""
        if lesson_id not in self.outline.by_id:
            raise NotFound()
        return self.outline.by_id[lesson_id]


def load(person: Person, course_id: str, *, fresh: bool = False, beside: Beside | None = None) -> Learning:
    """Two requests, and a third for an outline that this process has not read yet.

    Raises NotFound for what she cannot learn from: hidden, missing, or never published.
    """
    course = store.course_by_id(course_id, fresh=fresh)
    if not course.version or course.status == CourseStatus.DRAFT:
        raise NotFound()
    outline = store.outline_of(course_id, int(course.version))
    summary, every, found = rows_store.rows_of(person.user_id, outline, course, fresh=fresh, beside=beside)
    if not may_take(person, course, summary):
        raise NotFound()
    cycle = int(summary.cycle) if summary else 1
    present = {row.lesson_id: row for row in every if row.cycle == cycle} if summary else {}
    past = [row for row in every if row.lesson_id not in present]
    return Learning(person, course, outline, summary, present, past, found)


def may_take(person: Person, course: Course, summary: CourseProgress | None) -> bool:
    """What was withdrawn stays open to those who had begun."""
    if course.status == CourseStatus.PUBLISHED:
        return permissions.can_read(person, course)
    return summary is not None
