from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openbadgeslib.ob3.status import decode_encoded_list, set_indices

from lms.enums import CertificateState
from lms.rules import badges, certificates
from lms.rules.certificates import Validity, add_months, normal_code, state, valid_until

END = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))
months = st.integers(1, 120)
windows = st.integers(0, 400)
numbers = st.integers(0, 2**certificates.CODE_BITS - 1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("validity", "now", "expected"),
    [
        (Validity(None), END, CertificateState.ACTIVE),
        (Validity(END, 60), END - timedelta(days=61), CertificateState.ACTIVE),
        (Validity(END, 60), END - timedelta(days=60) - SECOND, CertificateState.ACTIVE),
        (Validity(END, 60), END - timedelta(days=60), CertificateState.EXPIRING),
        (Validity(END, 60), END - SECOND, CertificateState.EXPIRING),
        (Validity(END, 60), END, CertificateState.EXPIRED),
        (Validity(END, 0), END - SECOND, CertificateState.ACTIVE),
        (Validity(END, 60, superseded=True), END + DAY, CertificateState.SUPERSEDED),
        (Validity(END, 60, superseded=True), END - timedelta(days=90), CertificateState.SUPERSEDED),
        (Validity(END, 60, revoked=True), END - timedelta(days=90), CertificateState.REVOKED),
        (Validity(END, 60, revoked=True, superseded=True), END + DAY, CertificateState.REVOKED),
        (Validity(None, revoked=True), END, CertificateState.REVOKED),
    ],
)
def test_the_state_follows_from_the_dates(validity: Validity, now: datetime, expected: CertificateState) -> None:
    assert state(validity, now) is expected


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2096-02-29", 48, "2100-02-28"),  # which is no leap year
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-31", 12, "2027-03-31"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_months_are_calendar_months_that_end_with_the_month(start: str, count: int, expected: str) -> None:
    assert add_months(at(start), count) == at(expected)


@given(moments, months)
def test_the_day_stays_or_is_the_last_of_its_month(moment: datetime, count: int) -> None:
    later = add_months(moment, count)
    assert (later.year * 12 + later.month) - (moment.year * 12 + moment.month) == count
    last = calendar.monthrange(later.year, later.month)[1]
    assert later.day == min(moment.day, last)
    assert later.timetz() == moment.timetz()


@given(moments, moments, months)
def test_what_is_issued_later_never_ends_earlier(one: datetime, other: datetime, count: int) -> None:
    first, second = sorted((one, other))
    assert valid_until(first, count) <= valid_until(second, count) or first.day > second.day


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (END - timedelta(days=59), "2027-06-30T12:00:00"),  # inside the window: from the old end
        (END - SECOND, "2027-06-30T12:00:00"),
        (END, "2027-06-30T12:00:00"),
        (END + timedelta(days=10), "2027-07-10T12:00:00"),  # later: from then
        (END - timedelta(days=200), "2026-12-12T12:00:00"),  # long before it: from then, see the next test
    ],
)
def test_a_renewal_runs_from_the_old_end_inside_the_window_and_from_now_after_it(now: datetime, expected: str) -> None:
    if now < END - timedelta(days=60):
        assert valid_until(now, 12, renews=Validity(END, 60)) == max(END, at(expected))
    else:
        assert valid_until(now, 12, renews=Validity(END, 60)) == at(expected)


@given(moments, moments, months, windows)
def test_renewing_never_shortens_what_somebody_had(now: datetime, end: datetime, count: int, window: int) -> None:
    renewed = valid_until(now, count, renews=Validity(end, window))
    assert renewed >= add_months(now, count)
    assert now >= end or renewed >= end


@given(moments, months)
def test_what_was_revoked_gives_no_time_to_its_successor(now: datetime, count: int) -> None:
    assert valid_until(now, count, renews=Validity(now + DAY, 60, revoked=True)) == add_months(now, count)


def test_a_course_without_validity_never_ends() -> None:
    assert valid_until(END, None) is None
    assert valid_until(END, None, renews=Validity(END, 60)) is None
    assert valid_until(END, 0) is None


@given(numbers)
def test_a_code_is_read_however_it_was_typed(number: int) -> None:
    code = certificates.code_from(number)
    typed = [code, code.lower(), code.replace("-", ""), code.replace("-", " "), f"  {code}\n", code.replace("-", "–")]
    confused = code.replace("0", "O").replace("1", "l")
    assert {normal_code(one) for one in [*typed, confused]} == {code}


@given(numbers, numbers)
def test_two_numbers_have_two_codes(one: int, other: int) -> None:
    assert (certificates.code_from(one) == certificates.code_from(other)) == (one == other)


@given(st.text(max_size=300))
def test_anything_else_is_no_code_and_never_an_error(typed: str) -> None:
    found = normal_code(typed)
    assert found is None or normal_code(found) == found


def test_codes_have_enough_chance_in_them() -> None:
    assert certificates.CODE_BITS >= 128


@given(st.text(min_size=1), st.text(min_size=1), st.integers(1, 50))
def test_an_id_follows_from_whose_for_what_and_which_time(user: str, course: str, cycle: int) -> None:
    made = certificates.certificate_id(user, course, cycle)
    assert made == certificates.certificate_id(user, course, cycle)
    assert made.isalnum()
    assert made != certificates.certificate_id(user, course, cycle + 1)


@settings(deadline=None)  # another's reading of a whole list takes its time
@given(st.sets(st.integers(0, badges.LIST_BITS - 1), max_size=20))
def test_a_status_list_says_of_each_place_whether_it_was_revoked(revoked: set[int]) -> None:
    assert set_indices(decode_encoded_list(badges.encoded_list(revoked))) == revoked


def test_places_that_are_not_in_a_list_are_refused() -> None:
    for index in (-1, badges.LIST_BITS):
        with pytest.raises(IndexError):
            badges.encoded_list([index])
