"""The table of transitions itself: what it promises, whatever it contains."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.enums import Freshness, Move, Status
from content.rules import lifecycle, review, visibility
from content.rules.lifecycle import TRANSITIONS, On
from core.errors import Refused

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
STORED = [status for status in Status if status is not Status.SCHEDULED]
statuses = st.sampled_from(list(Status))
moments = st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("state", "move", "to"),
    [
        (Status.DRAFT, Move.SUBMIT, Status.IN_REVIEW),
        (Status.IN_REVIEW, Move.WITHDRAW, Status.DRAFT),
        (Status.IN_REVIEW, Move.REQUEST_CHANGES, Status.DRAFT),
        (Status.IN_REVIEW, Move.APPROVE, Status.APPROVED),
        (Status.APPROVED, Move.VERIFY, Status.APPROVED),
        (Status.APPROVED, Move.DEPRECATE, Status.DEPRECATED),
        (Status.APPROVED, Move.EXPIRE, Status.EXPIRED),
        (Status.SCHEDULED, Move.EXPIRE, Status.EXPIRED),
        (Status.DEPRECATED, Move.EXPIRE, Status.EXPIRED),
        (Status.DEPRECATED, Move.RESTORE, Status.APPROVED),
        (Status.EXPIRED, Move.RESTORE, Status.DRAFT),
    ],
)
def test_each_move_leads_where_it_is_said_to(state: Status, move: Move, to: Status) -> None:
    assert TRANSITIONS[state, move].to is to


def test_the_table_above_is_the_whole_table() -> None:
    assert len(TRANSITIONS) == 11


def test_every_state_can_be_reached_and_left() -> None:
    reached = {transition.to for transition in TRANSITIONS.values()} | {Status.DRAFT, Status.SCHEDULED}
    assert reached == set(Status)
    assert {state for state, _ in TRANSITIONS} == set(Status)


def test_a_move_always_acts_on_the_same_side() -> None:
    for move in Move:
        assert len({transition.on for (_, other), transition in TRANSITIONS.items() if other is move}) == 1


def test_what_takes_something_from_readers_needs_a_reason() -> None:
    takes_away = {
        (state, move) for (state, move) in TRANSITIONS if move in (Move.DEPRECATE, Move.EXPIRE, Move.REQUEST_CHANGES)
    }
    assert takes_away == {key for key, transition in TRANSITIONS.items() if transition.needs_reason}


@given(statuses, st.none() | statuses, st.sampled_from(list(Move)))
def test_a_move_is_made_exactly_when_the_table_has_it(status: Status, work: Status | None, move: Move) -> None:
    state = lifecycle.subject(move, status, work)
    if state and (state, move) in TRANSITIONS:
        assert lifecycle.transition(move, status, work) is TRANSITIONS[state, move]
    else:
        with pytest.raises(Refused, match="Only what is"):
            lifecycle.transition(move, status, work)


@given(statuses, st.none() | statuses)
def test_offered_moves_are_those_that_can_be_made(status: Status, work: Status | None) -> None:
    for move, transition in lifecycle.moves_from(status, work):
        assert lifecycle.transition(move, status, work) is transition


@given(statuses, st.none() | statuses)
def test_work_moves_do_not_depend_on_what_readers_see(status: Status, work: Status | None) -> None:
    on_work = [move for move, transition in lifecycle.moves_from(status, work) if transition.on is On.WORK]
    assert on_work == [move for move, t in lifecycle.moves_from(Status.APPROVED, work) if t.on is On.WORK]


@given(st.sampled_from(STORED), moments, moments, moments.filter(bool))
def test_an_item_is_in_exactly_one_state_at_any_moment(
    status: Status, go_live_at: datetime | None, expire_at: datetime | None, now: datetime
) -> None:
    periods = [
        state
        for state, since, until in visibility.statuses_over_time(status, go_live_at, expire_at)
        if (since is None or since <= now) and (until is None or now < until)
    ]
    assert periods == [visibility.effective_status(status, go_live_at, expire_at, now)]


@given(moments, moments, moments.filter(bool))
def test_readers_never_see_what_has_expired_or_is_not_live_yet(
    go_live_at: datetime | None, expire_at: datetime | None, now: datetime
) -> None:
    state = visibility.effective_status(Status.APPROVED, go_live_at, expire_at, now)
    if expire_at and expire_at <= now:
        assert state is Status.EXPIRED
    elif go_live_at and now < go_live_at:
        assert state is Status.SCHEDULED
    else:
        assert state is Status.APPROVED


@pytest.mark.parametrize(
    ("due_in_days", "expected"),
    [
        (90, Freshness.VERIFIED),
        (14.01, Freshness.VERIFIED),
        (14, Freshness.DUE_SOON),
        (1, Freshness.DUE_SOON),
        (0, Freshness.UNVERIFIED),
        (-30, Freshness.UNVERIFIED),
    ],
)
def test_the_review_clock_warns_two_weeks_ahead(due_in_days: float, expected: Freshness) -> None:
    assert review.freshness(NOW + timedelta(days=due_in_days), NOW) is expected
