from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.rules import coverage
from lms.rules.coverage import Ranges, Report, Watched, taken_in

DURATION = 600
second = st.integers(-50, 700)
stretch = st.tuples(second, second)
ranges = st.lists(stretch, max_size=8).map(tuple)
tidy = ranges.map(lambda found: coverage.clipped(found, DURATION))
players = st.sampled_from(["a", "b", "c"])
reports = st.builds(
    Report, player=players, seq=st.integers(0, 20), position=second, ranges=ranges, elapsed=st.floats(-100, 400)
)


def seconds(found: Ranges) -> set[int]:
    return {at for start, end in found for at in range(start, end)}


@given(ranges, ranges)
def test_a_union_has_every_second_once(first: Ranges, second: Ranges) -> None:
    both = coverage.union(first, second)
    assert seconds(both) == seconds(first) | seconds(second)
    assert coverage.seconds_of(both) == len(seconds(both))
    assert all(one[1] < other[0] for one, other in pairwise(both))


@given(ranges, ranges)
def test_what_is_new_is_what_was_not_known(claimed: Ranges, known: Ranges) -> None:
    assert seconds(coverage.minus(claimed, known)) == seconds(claimed) - seconds(known)


@given(tidy, ranges, st.integers(0, 700))
def test_nothing_is_granted_beyond_the_video_or_beyond_what_time_allows(
    known: Ranges, claim: Ranges, most: int
) -> None:
    new = seconds(coverage.granted(known, claim, DURATION, most))
    assert new <= seconds(claim) - seconds(known)
    assert new <= set(range(DURATION))
    assert len(new) <= most
    assert len(new) == min(most, len(seconds(coverage.clipped(claim, DURATION)) - seconds(known)))


@given(st.lists(reports, max_size=12))
def test_coverage_only_grows_and_never_faster_than_time(told: list[Report]) -> None:
    watched = Watched()
    for report in told:
        after = taken_in(watched, report, DURATION)
        assert seconds(watched.ranges) <= seconds(after.ranges) <= set(range(DURATION))
        gained = coverage.seconds_of(after.ranges) - coverage.seconds_of(watched.ranges)
        assert gained <= coverage.allowance(report.elapsed, watched.grace)
        assert 0 <= after.position <= DURATION
        assert after.player >= watched.player
        watched = after
    assert 0 <= coverage.percent_of(watched.ranges, DURATION) <= 100


@given(st.lists(reports, min_size=1, max_size=30))
def test_however_many_reports_come_they_bring_no_more_than_the_time_that_passed(told: list[Report]) -> None:
    watched = Watched()
    for report in told:
        watched = taken_in(watched, report, DURATION)
    assert 0 <= watched.grace <= coverage.GRACE
    passed = sum(max(report.elapsed, 0) for report in told)
    assert coverage.seconds_of(watched.ranges) <= passed * coverage.FASTEST + coverage.GRACE


@given(st.lists(reports, min_size=1, max_size=8), reports)
def test_a_report_told_twice_changes_nothing_the_second_time(told: list[Report], last: Report) -> None:
    watched = Watched()
    for report in told:
        watched = taken_in(watched, report, DURATION)
    once = taken_in(watched, last, DURATION)
    if once.player == last.player:
        assert taken_in(once, last, DURATION) == once


def test_the_newest_page_says_where_to_resume_and_older_ones_only_what_was_watched() -> None:
    old = Report("a", 9, 300, ((0, 30),), 30)
    new = Report("b", 1, 12, ((0, 12),), 12)
    both = taken_in(taken_in(Watched(), new, DURATION), old, DURATION)
    assert (both.position, both.player) == (12, "b")
    assert both.ranges == ((0, 30),)


def test_an_earlier_report_of_the_same_page_comes_too_late() -> None:
    watched = taken_in(Watched(), Report("a", 5, 100, ((90, 100),), 60), DURATION)
    assert taken_in(watched, Report("a", 4, 20, ((0, 20),), 60), DURATION) == watched


@pytest.mark.parametrize(
    ("position", "completed", "at"), [(100, False, 97), (2, False, 0), (595, False, 0), (590, False, 0), (100, True, 0)]
)
def test_she_resumes_a_little_earlier_and_at_the_start_when_it_was_over(
    position: int, completed: bool, at: int
) -> None:
    assert coverage.resume_at(position, DURATION, completed=completed) == at


@pytest.mark.parametrize(
    "claimed",
    [None, "0-9", 7, {"0": 9}, [[0]], [[0, 1, 2]], [["0", "9"]], [[9, 0]], [[-1, 5]], [[0, 1e99]], [[0, float("nan")]],
     [[0, float("inf")]], [[True, 5]], [[0, 1]] * 201],
)  # fmt: skip
def test_what_no_player_says_is_refused(claimed: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        coverage.read_ranges(claimed)


def test_ninety_percent_is_reached_by_ninety_seconds_of_a_hundred_and_not_before() -> None:
    assert coverage.percent_of(((0, 89),), 100) == 89
    assert coverage.percent_of(((0, 45), (55, 100)), 100) == coverage.THRESHOLD
    assert coverage.percent_of(((0, 45),), 0) == 0


@given(st.lists(st.integers(0, 2000), max_size=500, unique=True))
def test_a_row_keeps_the_longest_stretches_and_not_too_many(starts: list[int]) -> None:
    found = coverage.kept(coverage.union((3 * start, 3 * start + 1) for start in starts))
    assert len(found) <= coverage.MOST_RANGES
    assert list(found) == sorted(found)
