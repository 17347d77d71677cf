"""The page of one thing: how it was used, or how far people came in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from analytics.charts.funnels import Step, whole
from analytics.charts.scales import widths
from analytics.enums import Count, Members
from analytics.forms import Period
from analytics.pages.export import Table, by_day, of_funnel
from analytics.pages.graphs import Graph, compared, together
from analytics.pages.tables import steps_of
from analytics.pages.tiles import Tile, moving
from analytics.rules.months import Span
from analytics.services import things
from analytics.services.things import ThingNumbers
from core.errors import NotFound


@dataclass(frozen=True)
class LessonRow:
    """`percent` is of those who began it."""

    title: str
    begun: int
    completed: int
    width: str
    percent: int


@dataclass(frozen=True)
class ThingPage:
    title: str
    url: str
    back: str
    as_of: datetime | None
    tiles: Sequence[Tile]
    graph: Graph
    funnel: Sequence[Step] = ()
    ended: int = 0
    lessons: Sequence[LessonRow] = ()
    learning: bool = False


def item_page(by: Person, content_id: str, period: Period) -> ThingPage:
    """Four requests."""
    found = things.item_numbers(by, content_id, _both(period))
    views = found.daily(Count.VIEWS, period.span)
    tiles = [_tile(found, count, period) for count in (Count.VIEWS, Count.DOWNLOADS, Count.FOUND)]
    return ThingPage(
        title=found.title,
        url=reverse("content:item", args=[content_id]),
        back=gettext("Library"),
        as_of=found.as_of,
        tiles=[*tiles[:2], _people(found, Members.VIEWERS, period), *tiles[2:]],
        graph=compared(views, found.daily(Count.VIEWS, period.before), period),
    )


def course_page(by: Person, course_id: str, period: Period) -> ThingPage:
    """Six requests; one more for each hundred of its lessons and months."""
    found = things.course_numbers(by, course_id, _both(period))
    steps = things.lesson_steps(course_id, period.span)
    bars = widths([step.begun for step in steps])
    lessons = [
        LessonRow(one.title, one.begun, one.completed, bar, whole(one.completed, one.begun))
        for one, bar in zip(steps, bars, strict=True)
    ]
    return _learning(found, reverse("lms:course", args=[course_id]), period, lessons)


def path_page(by: Person, path_id: str, period: Period) -> ThingPage:
    found = things.path_numbers(by, path_id, _both(period))
    return _learning(found, reverse("lms:path", args=[path_id]), period)


def item_file(by: Person, content_id: str, span: Span) -> tuple[ThingNumbers, Table]:
    found = things.item_numbers(by, content_id, span)
    return found, by_day([found.daily(count, span) for count in (Count.VIEWS, Count.DOWNLOADS, Count.FOUND)])


def course_file(by: Person, course_id: str, name: str, span: Span) -> tuple[ThingNumbers, Table]:
    """Its days, its funnel or its lessons. Raises NotFound."""
    found = things.course_numbers(by, course_id, span)
    if name == "lessons":
        steps = things.lesson_steps(course_id, span)
        rows = ((one.title, one.begun, one.completed) for one in steps)
        return found, (["started", "completed"], ["lesson", "begun by", "completed by"], rows)
    return found, _learning_file(found, name, span)


def path_file(by: Person, path_id: str, name: str, span: Span) -> tuple[ThingNumbers, Table]:
    found = things.path_numbers(by, path_id, span)
    return found, _learning_file(found, name, span)


def _learning_file(found: ThingNumbers, name: str, span: Span) -> Table:
    if name == "days":
        return by_day([found.daily(members, span) for members in _BOTH_ENDS])
    if name == "funnel":
        return of_funnel(found.funnel(span))
    raise NotFound()


_BOTH_ENDS = (Members.STARTED, Members.COMPLETED)


def _learning(found: ThingNumbers, url: str, period: Period, lessons: Sequence[LessonRow] = ()) -> ThingPage:
    begun, done = (found.daily(members, period.span) for members in _BOTH_ENDS)
    cohort = found.funnel(period.span)
    return ThingPage(
        title=found.title,
        url=url,
        back=gettext("Courses"),
        as_of=found.as_of,
        tiles=[_people(found, members, period) for members in _BOTH_ENDS],
        graph=together("days", gettext("Begun and completed"), begun, done, added=False),
        funnel=steps_of(cohort) if cohort.assigned else (),
        ended=cohort.ended,
        lessons=lessons,
        learning=True,
    )


def _people(found: ThingNumbers, members: Members, period: Period) -> Tile:
    now, before = (found.people(members, span) for span in (period.span, period.before))
    return moving(found.daily(members, period.span), period, now=now, before=before)


def _tile(found: ThingNumbers, count: Count, period: Period) -> Tile:
    return moving(found.daily(count, period.span), period, before=found.total(count, period.before))


def _both(period: Period) -> Span:
    return Span(period.before.first, period.span.last)
