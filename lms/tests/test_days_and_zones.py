"""Days that end elsewhere, twice or not at all, from what somebody chose to what a learner reads."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts import services as accounts
from core import clock
from core.testing import VERA
from lms.due_words import due_words
from lms.forms.assigning import DueFields
from lms.pages.mine import mine
from lms.services.assignments import When
from lms.tests.assignment_factories import assign
from lms.tests.certificate_factories import earn
from lms.tests.factories import make_course

SECOND = timedelta(seconds=1)


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize(
    ("day", "zone", "ends", "words"),
    [
        ("2011-12-30", "Pacific/Apia", "2011-12-30T09:59:59", "Fri, Dec 30, end of day Apia time"),  # left out
        ("1994-12-31", "Pacific/Kiritimati", "1994-12-31T09:59:59", "Sat, Dec 31, end of day Kiritimati time"),
        ("2028-02-29", "Europe/Berlin", "2028-02-29T22:59:59", "Tue, Feb 29, end of day Berlin time"),
        ("2027-03-14", "America/New_York", "2027-03-15T03:59:59", "Sun, Mar 14, end of day New York time"),  # 23 hours
        ("2027-11-07", "America/New_York", "2027-11-08T04:59:59", "Sun, Nov 7, end of day New York time"),  # 25 hours
    ],
)
def test_a_learner_reads_the_day_that_was_chosen_and_is_late_when_it_is_over(
    day: str, zone: str, ends: str, words: str
) -> None:
    due = datetime.fromisoformat(ends).replace(tzinfo=UTC)
    with clock.at(due - timedelta(days=3)):
        accounts.set_preferences(by=VERA, time_zone=zone)
        assigned = assign(make_course(), when=When(day=date.fromisoformat(day)))
        assert (assigned.due_at, due_words(assigned)) == (due, words)
    for moment, late in ((due, False), (due + SECOND, True)):
        with clock.at(moment):
            assert [one.overdue for one in mine(VERA).assigned] == [late]


@pytest.mark.parametrize(
    ("on", "at", "instant"),
    [
        ("2027-03-14", "02:30", "2027-03-14T07:30"),  # skipped: as far after the jump
        ("2027-11-07", "01:30", "2027-11-07T06:30"),  # comes twice: the later one
        ("2028-02-29", "09:00", "2028-02-29T14:00"),
    ],
)
def test_a_time_that_is_typed_is_one_instant_whatever_the_clocks_do(on: str, at: str, instant: str) -> None:
    form = DueFields({"due_on": on, "due_time": at})
    with timezone.override(ZoneInfo("America/New_York")):
        assert form.is_valid()
        when = form.when
    assert when.at == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(("year", "on"), [(2027, ""), (2028, "2028-02-29")])
def test_29_february_is_a_day_in_leap_years_alone(year: int, on: str) -> None:
    form = DueFields({"due_on": f"{year}-02-29"})
    assert form.is_valid() == bool(on)
    assert not on or str(form.when.day) == on


@pytest.mark.usefixtures("cloud")
def test_what_is_earned_on_29_february_holds_to_the_end_of_another() -> None:
    earned = earn(at=datetime(2028, 2, 29, 10, tzinfo=UTC), validity_months=12)
    assert earned.valid_until == datetime(2029, 2, 28, 10, tzinfo=UTC)
