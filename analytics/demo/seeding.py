"""A quarter of a year of believable use, so that the dashboards of a new portal have something to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from analytics import store
from analytics.demo.rhythm import Day, Thing
from analytics.enums import Kind
from analytics.services import rolling, stock
from content import store as content
from content.enums import Kind as ItemKind
from content.enums import Status
from lms.enums import CourseStatus, LessonType
from lms.store.courses import every_course, outline_of
from lms.store.paths import every_path

DAYS = 90
_SEEDED = "demo"


def days_to_seed(now: datetime) -> list[date]:
    """Those that are over and have nothing yet: what was seeded stays as it is."""
    mark = store.mark_of(_SEEDED)
    first = now.date() - timedelta(days=DAYS)
    begin = max(first, mark.at.date() + timedelta(days=1)) if mark else first
    return [begin + timedelta(days=number) for number in range((now.date() - begin).days)]


def seed(days: Sequence[date], now: datetime) -> Iterator[int]:
    """Day by day, how many events; then what they come to."""
    things = _things()
    for number in days:
        day = Day(number, things, now)
        events = list(day.events())
        store.append_many(events, day.words)
        for late in {event.at.date() for event in events} - set(days):
            store.mark_day(late)
        yield len(events)
    if days:
        store.set_mark(_SEEDED, datetime.combine(days[-1], now.timetz()))
    rolling.count_days(days)
    rolling.roll_up(now)
    stock.take_stock(now)
    stock.take_stock_of_teams(now)


def _things() -> list[Thing]:
    """What readers and learners see now; what was made during the quarter is used from its first day on."""
    items = (item for item in content.every_item() if item.status == Status.APPROVED and item.live_version)
    found = [
        Thing(Kind.CONTENT, item.content_id, item.created_at.date(), has_file=item.kind == ItemKind.FILE)
        for item in items
    ]
    for course in every_course():
        if course.status == CourseStatus.PUBLISHED and course.published_at:
            lessons = outline_of(course.course_id, int(course.version)).lessons
            quizzes = [(entry.lesson_id, entry.lesson_type is LessonType.QUIZ) for entry in lessons]
            found.append(Thing(Kind.COURSE, course.course_id, course.published_at.date(), lessons=quizzes))
    found += [
        Thing(Kind.PATH, path.path_id, path.published_at.date())
        for path in every_path()
        if path.status == CourseStatus.PUBLISHED and path.published_at
    ]
    return found
