"""The numbers of one item, course or path: for those who look after it, and for Admins. Hidden is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.permissions import Permission, can
from accounts.person import Person
from analytics import store
from analytics.enums import Count, Kind, Members
from analytics.rules import months as rules
from analytics.rules.funnels import Funnel, funnel
from analytics.rules.months import Months, Span
from analytics.services.numbers import Series, counted_up_to
from content import permissions as items
from content import store as library
from core import clock
from core.errors import NotFound
from lms import permissions as courses
from lms.store.courses import course_by_id, lessons_of
from lms.store.paths import path_by_id


@dataclass(frozen=True)
class Step:
    """A lesson of a course: how many people began and completed it."""

    title: str
    begun: int
    completed: int


@dataclass(frozen=True)
class ThingNumbers:
    """`months` reach from the beginning of what was asked for to today."""

    title: str
    months: Months
    as_of: datetime | None

    def total(self, count: Count, span: Span) -> int:
        return rules.total(self.months, count, span)

    def people(self, members: Members, span: Span) -> int:
        """Each once over the span."""
        return len(rules.who([self.months], members, span))

    def daily(self, name: Count | Members, span: Span) -> Series:
        return Series(name.value, span.days, rules.by_day([self.months], name, span))

    def funnel(self, span: Span) -> Funnel:
        return funnel([self.months], span)


def item_numbers(by: Person, content_id: str, span: Span) -> ThingNumbers:
    """For its owner, its co-editors and Admins. Raises NotFound for whoever else asks."""
    item = library.item_by_id(content_id)
    if not items.is_editor(by, item):
        raise NotFound()
    return _numbers(Kind.CONTENT, content_id, item.title, span)


def course_numbers(by: Person, course_id: str, span: Span) -> ThingNumbers:
    """For whoever may write it, and those who read all numbers. Raises NotFound."""
    course = course_by_id(course_id)
    if not (courses.can_author(by, course) or can(by, Permission.ANALYTICS_READ)):
        raise NotFound()
    return _numbers(Kind.COURSE, course_id, course.title, span)


def path_numbers(by: Person, path_id: str, span: Span) -> ThingNumbers:
    """Likewise."""
    path = path_by_id(path_id)
    if not (courses.can_author(by, path) or can(by, Permission.ANALYTICS_READ)):
        raise NotFound()
    return _numbers(Kind.PATH, path_id, path.title, span)


def lesson_steps(course_id: str, span: Span) -> Sequence[Step]:
    """In the order of the course as it stands. Ask `course_numbers` first, which says whether she may know."""
    lessons = lessons_of(course_id)
    found: Mapping[str, Months] = store.months_of_many(
        Kind.LESSON, span.months, [f"{course_id}/{lesson.lesson_id}" for lesson in lessons]
    )
    steps = []
    for lesson in lessons:
        months = found.get(f"{course_id}/{lesson.lesson_id}", {})
        begun, done = (rules.who([months], name, span) for name in (Members.STARTED, Members.COMPLETED))
        steps.append(Step(lesson.title, len(begun | done), len(done)))
    return steps


def _numbers(kind: Kind, subject: str, title: str, span: Span) -> ThingNumbers:
    months = store.months_of(kind, span.until(clock.now().date()).months, subject).get(subject, {})
    return ThingNumbers(title, months, counted_up_to())
