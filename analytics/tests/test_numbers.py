"""What the dashboards read: narrowed by days and products, and up to which moment (`test_recounted` counts by hand)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from analytics import store
from analytics.enums import Count, Kind
from analytics.models import EventRow, StockRow
from analytics.rules.months import Span
from analytics.services import boards, keeping, rolling
from analytics.services.numbers import ROLLED, Asked, Numbers
from analytics.tests.events import noon, told
from core import clock
from core.events import Event, publish
from core.outbox import relay
from core.testing import ANA, VERA

COUNTED = 45
"""Days, the first of which a roll-up counts."""


@pytest.fixture(autouse=True)
def _day(cloud: Callable[[str], Any]) -> Iterator[None]:
    with clock.at(noon() + timedelta(hours=3)):
        store.set_mark(ROLLED, noon(COUNTED))
        yield


def stocked(subject: str, *labels: str, kind: Kind = Kind.CONTENT, live_days: int = 200) -> None:
    part = store.stock_part(kind)
    since = clock.now() - timedelta(days=live_days)
    row = StockRow(part, subject, title=subject.title(), status="Approved", labels=list(labels), live_since=since)
    store.replace_all([], [row])
    boards.put_stock(kind, store.stock_of(kind).values())


def test_an_event_that_is_told_reaches_the_dashboard() -> None:
    """From the service that tells it, through the outbox and the worker, to the number."""
    stocked("item")
    publish(Event("content.viewed", "item", VERA.user_id, {"version": 1, "own": False, "preview": False}))
    assert Numbers(ANA, Asked.last_days(1)).totals()["views"] == 0
    relay.drain(clock.now())
    rolling.roll_up(clock.now())
    numbers = Numbers(ANA, Asked.last_days(1))
    assert numbers.totals()["views"] == 1
    assert numbers.as_of == clock.now()


def used(thing: str, user: str = "a", days_ago: int = 1, name: str = "content.viewed") -> None:
    store.append(told(name, noon(days_ago), user=user, thing=thing))


def test_a_product_narrows_what_belongs_to_products_and_says_what_does_not() -> None:
    stocked("ours", "suite", "product")
    stocked("theirs", "suite")
    used("ours")
    used("theirs")
    used("c", name="course.opened")
    store.append(told("user.signed_in", noon(1)))
    rolling.roll_up(clock.now())
    product, suite = (Numbers(ANA, Asked.last_days(30, one)) for one in ("product", "suite"))
    assert [one.content_id for one in product.top_content()] == ["ours"]
    assert (product.totals()["views"], suite.totals()["views"]) == (1, 2)
    assert (product.totals()["starts"], product.daily(Count.STARTS).total) == (0, 0)
    assert not product.daily(Count.VIEWS).whole
    assert product.daily(Count.SIGN_INS).whole
    assert product.totals()["sign_ins"] == 1


def test_what_nobody_uses_is_found() -> None:
    stocked("used")
    stocked("unused")
    stocked("new", live_days=5)
    used("used", days_ago=3)
    rolling.roll_up(clock.now())
    numbers = Numbers(ANA, Asked.last_days(30))
    assert [one.content_id for one in numbers.never_used()] == ["unused"]
    assert [(one.item.content_id, one.review_overdue, one.unused) for one in numbers.stale()] == [
        ("unused", False, True)
    ]


def assigned(name: str, number: int, days_ago: int, target: str = "course:c") -> None:
    store.append(told(f"assignment.{name}", noon(days_ago), thing=f"a{number}", user_id=f"u{number}", target=target))


def test_a_funnel_follows_those_who_were_assigned_in_the_range_to_this_day() -> None:
    stocked("c", kind=Kind.COURSE)
    for number in range(5):
        assigned("created", number, 40)
    assigned("begun", 0, 35)
    assigned("begun", 1, 20)
    assigned("completed", 1, 2)
    assigned("completed", 2, 1)
    assigned("waived", 3, 1)
    assigned("created", 9, 3)
    assigned("completed", 9, 3)
    rolling.roll_up(clock.now())
    early = Span(noon(45).date(), noon(30).date())
    (course,) = Numbers(ANA, Asked(early)).taken()
    assert (course.title, course.funnel.assigned, course.funnel.begun, course.funnel.met) == ("C", 4, 3, 2)
    assert course.funnel.ended == 1
    assert course.funnel.percent == 50
    assert Numbers(ANA, Asked.last_days(10)).funnel().assigned == 1


def test_words_are_gone_after_ninety_days_and_the_counts_are_not() -> None:
    long_ago = noon(95)
    with clock.at(long_ago):
        store.set_mark(ROLLED, long_ago)
        keeping.keep(Event("search.performed", "search", "a", {"search": "s1", "results": 0}, at=long_ago))
        keeping.keep_words("s1", "battlecard")
        rolling.roll_up(long_ago)
        assert [term.words for term in Numbers(ANA, Asked.last_days(1)).searched()] == ["battlecard"]
    span = Span(long_ago.date(), clock.now().date())
    rolling.count_days([long_ago.date()])
    numbers = Numbers(ANA, Asked(span))
    assert numbers.searched() == []
    assert numbers.totals()["searches"] == 1
    assert not [row for row in store.every_event_of(long_ago.date()) if row.event_name == "search.worded"]


def test_days_are_those_of_utc_and_both_ends_count() -> None:
    edge = date(2026, 3, 1)
    with clock.at(noon()):
        for at in (clock.parse("2026-02-28T23:59:59.999Z"), clock.parse("2026-03-01T00:00:00Z")):
            row: EventRow = store.row_of(told("content.viewed", at))
            assert row.date_bucket == ("2026-03-01" if at.date() == edge else "2026-02-28")
