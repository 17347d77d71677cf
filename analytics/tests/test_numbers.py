"""The dashboards agree with their events, counted by hand; and are narrowed by days and products."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
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
HALF_AN_HOUR = timedelta(minutes=30)


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


def some_events(die: Random, count: int) -> None:
    """Of a few people, items and days, in no order, some of them told twice."""
    for number in range(count):
        at = noon(die.randint(0, 15)) + timedelta(minutes=die.randint(-300, 150))
        name = die.choice(
            ("content.viewed", "content.viewed", "content.downloaded", "course.opened", "course.completed")
        )
        props = {"own": die.random() < 0.1, "version": 1}
        event = told(
            name, at, user=die.choice("abcd"), thing=f"thing-{die.randint(1, 3)}", event_id=f"{number}", **props
        )
        store.append(event)
        if die.random() < 0.2:
            store.append(event)


def by_hand(span: Span) -> dict[str, Any]:
    """From the rows of the table alone, as slowly and plainly as can be."""
    rows = [row for day in span.days for row in store.events_of(day, limit=1000).items]
    seen: dict[Any, Any] = {}
    views, viewers, per_item = 0, set(), dict[str, int]()
    for row in sorted(rows, key=lambda row: (row.timestamp, row.event_id)):
        if row.event_name not in ("content.viewed", "content.downloaded") or row.metadata["props"]["own"]:
            continue
        key = row.event_name, row.date_bucket, row.user_id, row.content_id
        at = clock.parse(row.timestamp)
        if key in seen and at - seen[key] < HALF_AN_HOUR:
            continue
        seen[key] = at
        viewers.add(row.user_id)
        per_item[row.content_id] = per_item.get(row.content_id, 0) + 1
        views += row.event_name == "content.viewed"
    return {
        "views": views,
        "viewers": len(viewers),
        "people": len({row.user_id for row in rows}),
        "completions": sum(row.event_name == "course.completed" for row in rows),
        "per_item": per_item,
    }


def test_the_dashboards_match_a_recount_from_the_events() -> None:
    store.set_mark(ROLLED, noon(16))
    some_events(Random(7), 120)
    for number in range(1, 4):
        stocked(f"thing-{number}")
    rolling.roll_up(clock.now())
    for days in (1, 7, 16):
        numbers = Numbers(ANA, Asked.last_days(days))
        expected, found = by_hand(numbers.span), numbers.totals()
        assert {name: found[name] for name in ("views", "viewers", "people", "completions")} == {
            name: expected[name] for name in ("views", "viewers", "people", "completions")
        }
        assert {one.content_id: one.uses for one in numbers.top_content()} == expected["per_item"]
        assert numbers.daily(Count.VIEWS).total == expected["views"]
    assert not list(rolling.differences(Span.of_days(clock.now().date(), 16)))


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
