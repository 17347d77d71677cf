from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.rules import dues
from lms.rules.dues import Stage

ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("posix", "right")))
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "zone", "ends"),
    [
        ("2026-11-27", "UTC", "2026-11-27T23:59:59+00:00"),
        ("2026-11-27", "America/New_York", "2026-11-28T04:59:59+00:00"),
        ("2024-02-29", "Europe/Berlin", "2024-02-29T22:59:59+00:00"),
        ("2026-03-29", "Europe/Berlin", "2026-03-29T21:59:59+00:00"),  # the clock jumped in its morning
        ("2026-10-25", "Europe/Berlin", "2026-10-25T22:59:59+00:00"),  # its day had 25 hours
        ("2011-12-29", "Pacific/Apia", "2011-12-30T09:59:59+00:00"),  # Samoa left out the 30th
        ("2011-12-30", "Pacific/Apia", "2011-12-30T09:59:59+00:00"),
        ("2011-12-31", "Pacific/Apia", "2011-12-31T09:59:59+00:00"),
        ("1994-12-31", "Pacific/Kiritimati", "1994-12-31T09:59:59+00:00"),  # Kiribati left out the 31st
        ("2018-11-03", "America/Sao_Paulo", "2018-11-04T02:59:59+00:00"),  # midnight was skipped
        ("2018-02-17", "America/Sao_Paulo", "2018-02-18T02:59:59+00:00"),  # 23:00 to midnight came twice
        ("2026-10-31", "America/Havana", "2026-11-01T03:59:59+00:00"),  # midnight came twice: the day ends at the first
        ("2026-12-31", "Pacific/Kiritimati", "2026-12-31T09:59:59+00:00"),
        ("2026-12-31", "Pacific/Pago_Pago", "2027-01-01T10:59:59+00:00"),
    ],
)
def test_a_day_ends_where_its_zone_ends_it(day: str, zone: str, ends: str) -> None:
    assert dues.due_on(date.fromisoformat(day), zone).at == datetime.fromisoformat(ends)


@pytest.mark.parametrize("zone", ["America/Havana", "America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo", "Asia/Amman"])
def test_where_clocks_change_at_midnight_every_day_ends_once(zone: str) -> None:
    for number in range(365 * 3):
        day = date(2016, 1, 1) + timedelta(days=number)
        end = dues.due_on(day, zone).at
        assert end.astimezone(ZoneInfo(zone)).date() == day
        assert (end + timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)


@settings(max_examples=200, deadline=None)
@given(day=DAYS, zone=st.sampled_from(ZONES))
def test_the_second_after_the_end_of_a_day_is_another_day(day: date, zone: str) -> None:
    end = dues.due_on(day, zone).at
    assert end.microsecond == 0
    assert end.astimezone(ZoneInfo(zone)).date() <= day
    assert (end + timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() > day


@settings(max_examples=200, deadline=None)
@given(day=DAYS, zone=st.sampled_from(ZONES))
def test_later_days_end_later_but_for_those_that_a_zone_left_out(day: date, zone: str) -> None:
    assert dues.due_on(day, zone).at <= dues.due_on(day + timedelta(days=1), zone).at


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        ("2026-03-29T02:30", "2026-03-29T01:30+00:00"),  # skipped: as far after the jump
        ("2026-10-25T02:30", "2026-10-25T01:30+00:00"),  # twice: the later one
        ("2026-07-01T12:00", "2026-07-01T10:00+00:00"),
    ],
)
def test_a_time_is_one_instant_even_when_clocks_change(local: str, instant: str) -> None:
    assert dues.due_at(datetime.fromisoformat(local), "Europe/Berlin").at == datetime.fromisoformat(instant)


@settings(max_examples=200, deadline=None)
@given(local=st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)), zone=st.sampled_from(ZONES))
def test_a_time_on_the_wall_is_never_taken_for_an_earlier_one(local: datetime, zone: str) -> None:
    shown = dues.due_at(local, zone).at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert shown >= local
    assert shown - local <= timedelta(hours=24)


@pytest.mark.parametrize("status", ["assigned", "in_progress", "completed", "waived", "cancelled"])
def test_only_what_is_open_becomes_overdue_and_only_after_its_instant(status: str) -> None:
    due = datetime(2026, 11, 27, tzinfo=UTC)
    is_open = status in ("assigned", "in_progress")
    assert not dues.is_overdue(status, due, due)
    assert dues.is_overdue(status, due, due + timedelta(microseconds=1)) is is_open
    assert not dues.is_overdue(status, None, due)


NEVER_TOLD = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        ("2026-11-19T13:00", None),
        ("2026-11-20T12:59", None),
        ("2026-11-20T13:00", Stage.WEEK_BEFORE),
        ("2026-11-26T13:00", Stage.DAY_BEFORE),
        ("2026-11-27T13:00", Stage.DAY_OF),
        ("2026-12-04T12:59", Stage.DAY_OF),
        ("2026-12-04T13:00", Stage.WEEK_AFTER),
        ("2026-12-25T13:00", Stage.FOUR_WEEKS_AFTER),
        ("2027-06-01T13:00", Stage.FOUR_WEEKS_AFTER),
    ],
)
def test_reminders_come_in_the_morning_where_the_person_lives(now: str, stage: Stage | None) -> None:
    due = dues.due_on(date(2026, 11, 27), "America/New_York")
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert dues.stage_now(due.at, due.zone, NEVER_TOLD, moment) is stage


def test_reminders_from_before_the_assignment_are_not_caught_up_on() -> None:
    due = dues.due_on(date(2026, 11, 27), "UTC")
    assigned = datetime(2026, 11, 24, tzinfo=UTC)
    assert dues.stage_now(due.at, due.zone, assigned, assigned + timedelta(hours=1)) is None
    assert dues.stage_now(due.at, due.zone, assigned, datetime(2026, 11, 26, 9, tzinfo=UTC)) is Stage.DAY_BEFORE


@settings(max_examples=200, deadline=None)
@given(day=st.dates(), hour=st.times(), zone=st.sampled_from(ZONES))
def test_a_day_without_a_problem_is_an_instant_in_every_zone(day: date, hour: time, zone: str) -> None:
    if not dues.problem_with_day(day):
        assert dues.due_on(day, zone).at.tzinfo
        assert dues.due_at(datetime.combine(day, hour), zone).at.tzinfo


@pytest.mark.parametrize(("day", "problem"), [(date.min, "past"), (date.max, "ten years"), (date(2026, 2, 28), "")])
def test_the_ends_of_the_calendar_are_refused(day: date, problem: str) -> None:
    found = dues.problem_with_day(day)
    assert problem in found if problem else not found
