"""The table of events, and days counted from it: again, late, and in competition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from analytics import store
from analytics.enums import Count, Kind
from analytics.models import EventRow
from analytics.rules import envelope
from analytics.rules.months import Span
from analytics.services import keeping, rolling
from analytics.services.numbers import Asked, Numbers
from analytics.tests.events import noon, told
from core import clock
from core.aws import metering
from core.aws.records import put_unread
from core.errors import Invalid, Refused
from core.events import Event
from core.testing import ANA, CAST


@pytest.fixture(autouse=True)
def _day(cloud: Callable[[str], Any]) -> Iterator[None]:
    with clock.at(noon() + timedelta(hours=3)):
        store.set_mark(rolling.ROLLED, noon(3))  # else a first time counts half a year
        yield


def rolled() -> None:
    rolling.roll_up(clock.now())


def views(days: int = 30) -> int:
    return Numbers(ANA, Asked.last_days(days)).totals()["views"]


def event(name: str = "content.viewed", *, days_ago: int = 0, thing: str = "item", **props: Any) -> Event:
    return Event(name, thing, "sub-vera", props, at=noon(days_ago))


def test_an_event_is_kept_once_in_the_partition_of_its_day_with_the_envelope_of_the_specification() -> None:
    one = event(version=3, note="Ana said so", email="vera@gravyty.com")
    keeping.keep(one)
    keeping.keep(one)
    (row,) = store.events_of(one.at.date()).items
    assert row.date_bucket == one.at.date().isoformat()
    assert row.key == f"{row.timestamp}#{one.event_id}"
    assert (row.event_name, row.user_id, row.content_id) == ("content.viewed", "sub-vera", "item")
    assert row.ttl == (one.at + timedelta(days=180)).replace(microsecond=0)
    assert row.metadata["props"] == {"version": 3}, "nothing that somebody wrote"
    assert {"schema", "tenant", "object_type", "object_id", "object_version", "source"} <= set(row.metadata)


def test_what_is_over_is_not_read_though_it_was_not_swept_away() -> None:
    row = store.row_of(told("content.viewed", noon()))
    row.ttl = clock.now() - timedelta(seconds=5)
    fresh = store.row_of(told("content.viewed", noon()))
    forever = store.row_of(told("content.viewed", noon()))
    forever.ttl = None
    put_unread([row, fresh, forever])
    assert {one.event_id for one in store.events_of(noon().date()).items} == {fresh.event_id, forever.event_id}


def test_words_go_before_the_search_itself_and_stand_in_no_event() -> None:
    keeping.keep(event("search.performed", thing="search", search="s1", words=2))
    keeping.keep_words("s1", "  Battle  CARD vera@gravyty.com +1 555 123 45 67 ")
    rows = {row.event_name: row for row in store.every_event_of(noon().date())}
    assert rows[envelope.WORDED].metadata["words"] == "battle card … …"
    assert rows[envelope.WORDED].ttl < rows["search.performed"].ttl
    assert "battle" not in str(rows["search.performed"].metadata)
    rolled()
    assert [term.words for term in Numbers(ANA, Asked.last_days()).searched()] == ["battle card … …"]


def test_counting_again_changes_nothing_and_costs_no_write() -> None:
    for days_ago in (0, 1, 1, 40):
        keeping.keep(event(days_ago=days_ago))
    rolled()
    assert (views(30), views(60)) == (2, 3)
    assert rolling.count_days(Span.of_days(noon().date(), 60).days) == 0
    rolled()
    assert (views(30), views(60)) == (2, 3)


def test_what_comes_in_late_is_counted_on_its_own_day() -> None:
    rolled()
    keeping.keep(event(days_ago=70))
    assert views(90) == 0
    rolled()
    assert views(90) == 1
    assert views(60) == 0
    assert not store.marked_days()


def test_a_day_that_is_marked_again_while_it_is_counted_is_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    keeping.keep(event(days_ago=70))
    count_days = rolling.count_days

    def slow(days: Any) -> int:
        done = count_days(days)
        keeping.keep(event(days_ago=70, thing="other"))
        return done

    monkeypatch.setattr(rolling, "count_days", slow)
    rolled()
    monkeypatch.undo()
    assert len(store.marked_days()) == 1
    rolled()
    assert views(90) == 2


def test_after_a_standstill_every_day_since_is_counted() -> None:
    store.set_mark(rolling.ROLLED, noon(5))
    keeping.keep(event(days_ago=3))
    for mark in store.marked_days():
        store.unmark(mark)
    rolled()
    assert views() == 1


def test_two_that_count_at_once_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    keeping.keep(event())
    save, rivals = store.save_months, []

    def beaten(rows: Any) -> None:
        if not rivals:
            rivals.append(True)
            keeping.keep(event(thing="other"))
            rolling.count_days([noon().date()])
        save(rows)

    monkeypatch.setattr(store, "save_months", beaten)
    rolled()
    assert views() == 1, "the one that read first read no more than this"
    rolled()
    assert views() == 2


def test_a_recount_names_every_number_that_differs_from_its_events(capsys: pytest.CaptureFixture[str]) -> None:
    keeping.keep(event(days_ago=2))
    rolled()
    call_command("recount", "--check")
    (row,) = store.month_rows(store.month_part(Kind.CONTENT, f"{noon(2):%Y-%m}"))
    row.sheet["counts"][Count.VIEWS] = {str(noon(2).day): 9}
    store.save_months([row])
    with pytest.raises(CommandError, match="2 numbers differ"):
        call_command("recount")
    assert (
        f"{noon(2).date()} content item: kept viewers 1, views 9; counted viewers 1, views 1" in capsys.readouterr().err
    )
    call_command("roll_up", "--from", str(noon(2).date()))
    call_command("recount")


def test_days_whose_events_are_gone_are_never_counted_again() -> None:
    now = clock.now()
    rolling.check_span(Span(rolling.first_whole(now), now.date()), now)
    with pytest.raises(Invalid, match="180 days"):
        rolling.check_span(Span(now.date() - timedelta(days=180), now.date()), now)
    with pytest.raises(CommandError):
        call_command("roll_up", "--from", str(now.date() - timedelta(days=200)))
    store.mark_day(now.date() - timedelta(days=200))
    rolled()
    assert not store.marked_days()


def test_reading_a_quarter_costs_a_few_requests_however_much_there_is() -> None:
    for number in range(30):
        keeping.keep(event(thing=f"item-{number}"))
    rolled()
    meter = metering.start()
    numbers = Numbers(ANA, Asked.last_days(90)).read(Kind.SITE, Kind.CONTENT)
    numbers.totals()
    numbers.daily(Count.VIEWS)
    numbers.top_content()
    assert meter.calls <= 2, "all months with the stock; and who used what is shown"


def test_appending_costs_one_request() -> None:
    meter = metering.start()
    keeping.keep(event())
    assert (meter.calls, list(meter.by_table)) == (1, [EventRow.Meta.table_name])


def test_numbers_are_for_admins_alone() -> None:
    for person in CAST:
        if person is ANA:
            Numbers(person, Asked.last_days())
        else:
            with pytest.raises(Refused):
                Numbers(person, Asked.last_days())


def test_the_first_time_everything_that_is_kept_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "mark_of", lambda _name: None)
    counted: list[Any] = []
    monkeypatch.setattr(rolling, "count_days", counted.extend)
    rolled()
    assert len(counted) == 180
    assert min(counted) == rolling.first_whole(clock.now())
