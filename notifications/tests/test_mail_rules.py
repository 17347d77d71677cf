"""When mails are due and what unsubscribing changes, for every zone and moment."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import time_zones
from notifications.delivery import rules
from notifications.delivery.enums import Rhythm

ZONES = st.sampled_from(time_zones.names())
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
DIGESTS = st.sampled_from([Rhythm.DAILY, Rhythm.WEEKLY])
ON_PAPER = [
    # moment (UTC), zone, daily, weekly: as local mornings
    ("2026-11-24T12:59", "America/New_York", "2026-11-24T13:00", "2026-11-30T13:00"),
    ("2026-11-24T13:00", "America/New_York", "2026-11-25T13:00", "2026-11-30T13:00"),
    ("2026-11-27T13:01", "America/New_York", "2026-11-30T13:00", "2026-11-30T13:00"),
    # Clocks go forward on Sunday 8 March 2026, and back on Sunday 1 November.
    ("2026-03-06T14:00", "America/New_York", "2026-03-09T12:00", "2026-03-09T12:00"),
    ("2026-10-30T14:00", "America/New_York", "2026-11-02T13:00", "2026-11-02T13:00"),
    # Further from UTC than half a day: Monday begins there while it is Sunday here, or still Sunday there.
    ("2026-11-22T17:59", "Pacific/Kiritimati", "2026-11-22T18:00", "2026-11-22T18:00"),
    ("2026-11-22T18:00", "Pacific/Kiritimati", "2026-11-23T18:00", "2026-11-29T18:00"),
    ("2026-11-23T18:59", "Pacific/Pago_Pago", "2026-11-23T19:00", "2026-11-23T19:00"),
    ("2026-11-24T02:14", "Asia/Kathmandu", "2026-11-24T02:15", "2026-11-30T02:15"),
    # Samoa left out Friday 30 December 2011.
    ("2011-12-29T20:00", "Pacific/Apia", "2012-01-01T18:00", "2012-01-01T18:00"),
]  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("moment", "zone", "daily", "weekly"), ON_PAPER)
def test_digests_come_at_eight_on_the_next_day_that_they_may(moment, zone, daily, weekly):
    assert rules.slot_after(Rhythm.DAILY, utc(moment), zone).due_at == utc(daily)
    assert rules.slot_after(Rhythm.WEEKLY, utc(moment), zone).due_at == utc(weekly)


@given(DIGESTS, MOMENTS, ZONES)
def test_a_digest_is_at_eight_of_a_working_day_and_none_is_left_out(rhythm, moment, zone):
    slot = rules.slot_after(rhythm, moment, zone)
    local = slot.due_at.astimezone(ZoneInfo(zone))
    assert local.time() == time(8) and local.weekday() < (1 if rhythm is Rhythm.WEEKLY else 5)
    assert moment < slot.due_at <= moment + timedelta(days=9 if rhythm is Rhythm.WEEKLY else 5)
    assert slot.name == f"{rhythm}#{local.date()}"
    assert rules.slot_after(rhythm, slot.due_at - timedelta(seconds=1), zone) == slot
    assert rules.rhythm_of(slot.name) is rhythm


@given(st.sampled_from([Rhythm.NOW, Rhythm.DAILY, Rhythm.WEEKLY]), MOMENTS, ZONES)
def test_slots_follow_each_other_and_never_share_a_name(rhythm, moment, zone):
    first = rules.slot_after(rhythm, moment, zone)
    second = rules.next_slot(rhythm, first, zone)
    assert first.name != second.name and first.due_at < second.due_at


@given(MOMENTS, ZONES)
def test_what_comes_at_once_is_due_at_once_and_a_minute_is_one_mail(moment, zone):
    slot = rules.slot_after(Rhythm.NOW, moment, zone)
    later = moment.replace(second=59)
    assert slot.due_at == moment
    assert rules.slot_after(Rhythm.NOW, later, zone).name == slot.name


@given(st.sampled_from(Rhythm), st.sampled_from([Rhythm.NOW, Rhythm.DAILY, Rhythm.WEEKLY]), st.booleans())
def test_unsubscribing_twice_is_unsubscribing_once_and_never_brings_more_mail(current, came, mandatory):
    once = rules.less_often(current, came=came, mandatory=mandatory)
    assert rules.less_often(once, came=came, mandatory=mandatory) == once
    assert list(Rhythm).index(once) >= list(Rhythm).index(current)
    assert mandatory or once is Rhythm.OFF
    assert not (mandatory and current is not Rhythm.OFF and once is Rhythm.OFF)


@given(st.sampled_from([*Rhythm, "", "hourly", None]), st.sampled_from([Rhythm.NOW, Rhythm.DAILY]), st.booleans())
def test_a_mandatory_kind_is_never_off_whatever_is_kept_of_her_choice(chosen, default, mandatory):
    rhythm = rules.rhythm_for(chosen, default=default, mandatory=mandatory)
    assert rhythm in Rhythm
    assert not (mandatory and rhythm is Rhythm.OFF)
    assert chosen not in set(Rhythm) or rhythm == chosen or mandatory


@given(st.lists(st.tuples(st.sampled_from("abcx"), st.integers())), st.permutations("abc"))
def test_sections_are_capped_and_count_whatever_they_do_not_show(entries, order):
    found = rules.sections(entries, section_of=lambda entry: entry[0], order=order)
    assert all(1 <= len(one.shown) <= rules.SHOWN_AT_MOST for one in found)
    assert sum(len(one.shown) + one.more for one in found) == len(entries)
    for one in found:
        of_it = [entry for entry in entries if entry[0] == one.key]
        assert list(one.shown) == of_it[: rules.SHOWN_AT_MOST] and one.more == max(0, len(of_it) - rules.SHOWN_AT_MOST)
    known = [one.key for one in found if one.key in order]
    assert known == sorted(known, key=list(order).index)


def test_what_could_not_be_handed_over_is_tried_again_ever_later():
    pauses = [rules.retry_after(tries) for tries in range(1, 8)]
    assert pauses == sorted(pauses) and pauses[0] == timedelta(minutes=1) and pauses[-1] == timedelta(hours=1)
