"""What the clock does to items: it writes down that they expired, and says which must be looked at again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.store import audit_of_target
from content import store
from content.enums import Status
from content.models import ContentItem
from content.rules import review
from content.services import by_the_clock, lifecycle, schedule
from content.tests.factories import approve, make_item
from core import clock, events
from core.events import Event, listens_to
from core.testing import CARL, RITA

DAY = timedelta(days=1)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1))


@pytest.fixture(autouse=True)
def told(cloud: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Event]]:
    heard: list[Event] = []
    monkeypatch.setattr(events, "_listeners", list(events.registrations()))
    for pattern in ("content.expired", "content.review_due", "content.went_live"):
        listens_to(pattern)(heard.append)
    yield heard


def item_until(days: int, status: Status = Status.APPROVED) -> ContentItem:
    item = make_item(status)
    dates = {"go_live_at": None, "expire_at": clock.now() + days * DAY, "review_every_days": 90}
    schedule.set_dates(content_id=item.content_id, by=RITA if item.live_version else CARL, **dates)  # type: ignore[arg-type]
    return store.item_by_id(item.content_id, fresh=True)


def item_from(days: int, status: Status = Status.APPROVED) -> ContentItem:
    item = make_item(status)
    dates = {"go_live_at": clock.now() + days * DAY, "expire_at": None, "review_every_days": 90}
    schedule.set_dates(content_id=item.content_id, by=RITA if item.live_version else CARL, **dates)  # type: ignore[arg-type]
    return as_stored(item)


def as_stored(item: ContentItem) -> ContentItem:
    return store.item_by_id(item.content_id, fresh=True)


def test_an_item_whose_last_day_has_passed_is_written_down_as_expired_once(told: list[Event]) -> None:
    item, later = item_until(3), item_until(30)
    now = clock.now() + 4 * DAY
    assert [by_the_clock.expire_due(now), by_the_clock.expire_due(now)] == [1, 0]
    assert (as_stored(item).status, as_stored(later).status) == (Status.EXPIRED, Status.APPROVED)
    assert [(event.name, event.object_id, event.actor_id) for event in told] == [
        ("content.expired", item.content_id, "system")
    ]
    [entry] = [one for one in audit_of_target(f"content:{item.content_id}").items if one.action == "content.expired"]
    assert (entry.actor_id, entry.reason) == ("system", "Its last day has passed.")


def test_that_an_item_went_live_is_told_once_when_its_day_has_come(told: list[Event]) -> None:
    item, later = item_from(3), item_from(30)
    now = clock.now() + 4 * DAY
    assert [by_the_clock.tell_of_going_live(moment) for moment in (clock.now(), now, now)] == [0, 1, 0]
    assert [(event.name, event.object_id) for event in told] == [("content.went_live", item.content_id)]
    assert (as_stored(item).go_live_month, as_stored(later).go_live_month is None) == (None, False)


def test_a_draft_with_a_day_waits_for_its_approval_before_it_goes_live(told: list[Event]) -> None:
    item = item_from(3, Status.DRAFT)
    assert by_the_clock.tell_of_going_live(clock.now() + 4 * DAY) == 0
    lifecycle.submit(content_id=item.content_id, by=CARL)
    approve(item.content_id)
    assert by_the_clock.tell_of_going_live(clock.now() + 4 * DAY) == 1


def test_nobody_is_told_that_something_went_live_which_was_retired_before(told: list[Event]) -> None:
    item = item_from(3)
    with clock.at(clock.now() + 4 * DAY):
        lifecycle.expire(content_id=item.content_id, reason="Never needed.", by=RITA)
        assert by_the_clock.tell_of_going_live(clock.now()) == 0
    assert "content.went_live" not in {event.name for event in told}


def test_a_day_that_is_put_off_is_told_when_the_later_one_has_come(told: list[Event]) -> None:
    item = item_from(3)
    dates = {"go_live_at": clock.now() + 40 * DAY, "expire_at": None, "review_every_days": 90}
    schedule.set_dates(content_id=item.content_id, by=RITA, **dates)  # type: ignore[arg-type]
    assert [by_the_clock.tell_of_going_live(clock.now() + days * DAY) for days in (4, 39, 41)] == [0, 0, 1]


def test_jobs_that_stood_still_for_months_catch_up() -> None:
    item = item_until(1)
    assert by_the_clock.expire_due(clock.now() + 300 * DAY) == 1
    assert as_stored(item).status == Status.EXPIRED


def test_deprecated_items_expire_too_and_drafts_never_do(told: list[Event]) -> None:
    deprecated, draft = item_until(3, Status.DEPRECATED), item_until(3, Status.DRAFT)
    by_the_clock.expire_due(clock.now() + 4 * DAY)
    assert (as_stored(deprecated).status, as_stored(draft).status) == (Status.EXPIRED, Status.DRAFT)
    assert [event.object_id for event in told] == [deprecated.content_id]


def test_what_the_clock_has_expired_can_be_restored() -> None:
    item = item_until(3)
    with clock.at(clock.now() + 4 * DAY):
        by_the_clock.expire_due(clock.now())
        lifecycle.restore(content_id=item.content_id, by=RITA)
        assert as_stored(item).status == Status.DRAFT
        lifecycle.submit(content_id=item.content_id, by=CARL)
        approve(item.content_id)
    assert as_stored(item).status == Status.APPROVED


@pytest.mark.parametrize(
    ("days", "stage"),
    [(75, None), (76, "soon"), (89, "soon"), (90, "due"), (96, "due"), (97, "late"), (200, "late")],
)
def test_a_review_is_said_soon_due_and_late(days: int, stage: str | None, told: list[Event]) -> None:
    item = make_item()
    now = item.approved_at + days * DAY
    for _ in range(2):
        by_the_clock.remind_of_reviews(now)
    assert [event.props["stage"] for event in told] == ([stage] if stage else [])


def test_each_stage_is_said_once_and_again_after_the_next_review(told: list[Event]) -> None:
    item = make_item()
    approved = item.approved_at
    for days in range(70, 110):
        by_the_clock.remind_of_reviews(approved + days * DAY)
    with clock.at(approved + 110 * DAY):
        lifecycle.verify(content_id=item.content_id, by=CARL)
    for days in range(110, 201):
        by_the_clock.remind_of_reviews(approved + days * DAY)
    assert [event.props["stage"] for event in told] == ["soon", "due", "late", "soon", "due"]


def test_nobody_is_reminded_of_what_is_not_approved_any_more(told: list[Event]) -> None:
    make_item(Status.DEPRECATED)
    make_item(Status.EXPIRED)
    assert by_the_clock.remind_of_reviews(clock.now() + 91 * DAY) == 0
    assert "content.review_due" not in {event.name for event in told}


@given(moments, moments)
def test_reminders_only_go_forwards(due: datetime, moment: datetime) -> None:
    order = [None, *review.Reminder]
    first, later = review.reminder(due, moment), review.reminder(due, moment + DAY)
    assert order.index(first) <= order.index(later)


@given(moments)
def test_the_months_that_are_looked_at_have_no_gap(until: datetime) -> None:
    months = list(by_the_clock._months(until))
    assert months[-1] == until.strftime("%Y-%m")
    assert len(months) == len(set(months)) in (13, 14)
