"""The demo's quarter: full and believable, the same every time, and only made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from analytics import store
from analytics.demo import seeding
from analytics.demo.rhythm import Day, Thing
from analytics.enums import WHOLE, Count, Kind, Members
from analytics.rules import months
from analytics.rules.counting import counted
from analytics.rules.funnels import funnel
from analytics.rules.months import Sheet, Span, month_of
from analytics.services import rolling
from analytics.services.numbers import ROLLED, Asked, Numbers
from content.tests.factories import make_item
from core import clock
from core.testing import ANA

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
BEGIN = date(2026, 1, 1)
THINGS = [
    *(Thing(Kind.CONTENT, f"item-{number}", BEGIN, has_file=bool(number % 2)) for number in range(40)),
    *(Thing(Kind.COURSE, f"course-{number}", BEGIN, lessons=[("a", False), ("q", True)]) for number in range(4)),
    Thing(Kind.PATH, "path", BEGIN),
]


def quarter() -> dict[Any, dict[str, Sheet]]:
    """What ninety days come to."""
    events = [event for day in Span.of_days(NOW.date(), 90).days for event in Day(day, THINGS, NOW).events()]
    sheets: dict[Any, dict[str, Sheet]] = {}
    for day in sorted({event.at.date() for event in events}):
        for subject, tally in counted(event for event in events if event.at.date() == day).items():
            sheets.setdefault(subject, {}).setdefault(month_of(day), Sheet()).put(day.day, tally)
    return sheets


def test_a_quarter_looks_like_that_of_a_company() -> None:
    sheets, span = quarter(), Span.of_days(NOW.date(), 90)
    site = sheets[Kind.SITE, WHOLE]
    total = {count: months.total(site, count, span) for count in Count}
    assert 2000 < total[Count.VIEWS] < 12000
    assert 0 < total[Count.IN_VAIN] < total[Count.SEARCHES] / 3
    assert total[Count.CLICKS] < total[Count.SEARCHES]
    assert len(months.who([site], Members.PEOPLE, span)) == 40
    used = [months.total(sheet, Count.VIEWS, span) for (kind, _), sheet in sheets.items() if kind is Kind.CONTENT]
    assert max(used) > 5 * min(used)
    assert 30 <= len(used) < 40, "some are used by nobody"
    done = funnel([sheet for (kind, _), sheet in sheets.items() if kind in (Kind.COURSE, Kind.PATH)], span)
    assert done.assigned > done.begun > done.met > 0


def test_a_day_is_the_same_whenever_it_is_asked_for() -> None:
    day = date(2026, 11, 20)
    assert list(Day(day, THINGS, NOW).events()) == list(Day(day, THINGS, NOW).events())
    ids = [event.event_id for event in Day(day, THINGS, NOW).events()]
    assert len(ids) == len(set(ids))
    assert all(event.at <= NOW for event in Day(NOW.date(), THINGS, NOW).events())


def test_days_are_seeded_once_and_counted(cloud: Callable[[str], Any]) -> None:
    now = clock.now()
    with clock.at(now - timedelta(days=100)):
        make_item()
    store.set_mark(ROLLED, now)
    days = seeding.days_to_seed(now)
    assert len(days) == seeding.DAYS
    assert sum(seeding.seed(days[-3:], now)) > 50
    assert not seeding.days_to_seed(now)
    assert len(seeding.days_to_seed(now + timedelta(days=2))) == 2
    numbers = Numbers(ANA, Asked.last_days(4))
    assert numbers.totals()["views"] > 10
    assert numbers.top_content()[0].title
    assert not list(rolling.differences(numbers.span))
