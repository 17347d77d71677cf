from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.enums import StepKind, StepState
from lms.rules import paths
from lms.rules.paths import Standing, Step, Target

S = StepState
DONE, BEGUN, GONE, NOTHING = Standing(done=True, begun=True), Standing(begun=True), Standing(gone=True), Standing()


def course(name: str, **changes: bool) -> Step:
    return Step(f"step-{name}", StepKind.COURSE, (Target(StepKind.COURSE, name),), **changes)


def choice(names: str, need: int) -> Step:
    targets = tuple(Target(StepKind.COURSE, name) for name in names)
    return Step(f"step-{names}", StepKind.CHOICE, targets, "Some", need)


def states(
    steps: Sequence[Step], standings: dict[str, Standing], waived: str = "", *, sequential: bool = True
) -> list[StepState]:
    let_off = frozenset(f"step-{name}" for name in waived.split())
    found = paths.progress(steps, standings, waived=let_off, sequential=sequential)
    return [one.state for one in found.placed]


A, B, C, OPTIONAL = course("a"), course("b"), course("c"), course("o", required=False)


@pytest.mark.parametrize(
    ("steps", "standings", "waived", "expected"),
    [
        ([A, B], {}, "", [S.AVAILABLE, S.LOCKED]),
        ([A, B], {"a": BEGUN}, "", [S.IN_PROGRESS, S.LOCKED]),
        ([A, B], {"a": DONE}, "", [S.DONE, S.AVAILABLE]),
        ([A, B], {"b": DONE}, "", [S.AVAILABLE, S.DONE]),  # done elsewhere stays done
        ([A, B], {"b": BEGUN}, "", [S.AVAILABLE, S.LOCKED]),
        ([A, B], {}, "a", [S.WAIVED, S.AVAILABLE]),
        ([A, B], {"a": DONE}, "a", [S.DONE, S.AVAILABLE]),  # done is more than waived
        ([OPTIONAL, B], {}, "", [S.AVAILABLE, S.AVAILABLE]),  # optional ones hold nobody up
        ([A, OPTIONAL, B], {}, "", [S.AVAILABLE, S.LOCKED, S.LOCKED]),
        ([choice("xyz", 2), B], {"x": DONE}, "", [S.IN_PROGRESS, S.LOCKED]),
        ([choice("xyz", 2), B], {"x": DONE, "z": DONE}, "", [S.DONE, S.AVAILABLE]),
        ([A, B, C], {"a": DONE, "c": DONE}, "", [S.DONE, S.AVAILABLE, S.DONE]),
    ],
)
def test_states_in_order(
    steps: list[Step], standings: dict[str, Standing], waived: str, expected: list[StepState]
) -> None:
    assert states(steps, standings, waived) == expected


def test_without_an_order_nothing_is_locked() -> None:
    assert states([A, B], {}, sequential=False) == [S.AVAILABLE, S.AVAILABLE]


@pytest.mark.parametrize(
    ("step", "standings", "out_of_reach"),
    [
        (A, {"a": GONE}, True),
        (A, {"a": Standing(done=True, gone=True)}, False),
        (choice("xyz", 2), {"x": GONE}, False),
        (choice("xyz", 2), {"x": GONE, "y": GONE}, True),
        (choice("xyz", 2), {"x": GONE, "y": Standing(done=True, gone=True)}, False),
    ],
)
def test_a_step_is_out_of_reach_when_too_little_is_left_of_it(
    step: Step, standings: dict[str, Standing], out_of_reach: bool
) -> None:
    (placed,) = paths.progress([step], standings, waived=frozenset(), sequential=True).placed
    assert placed.out_of_reach is out_of_reach


KINDS = st.sampled_from([DONE, BEGUN, GONE, NOTHING])


@given(
    standings=st.lists(st.tuples(KINDS, st.booleans(), st.booleans()), max_size=12),
    sequential=st.booleans(),
)
def test_there_is_always_a_way_on_until_all_is_met(
    standings: list[tuple[Standing, bool, bool]], sequential: bool
) -> None:
    steps = [course(str(number), required=required) for number, (_, required, _) in enumerate(standings)]
    known = {str(number): standing for number, (standing, _, _) in enumerate(standings)}
    let_off = frozenset(f"step-{number}" for number, (_, _, waived) in enumerate(standings) if waived)
    found = paths.progress(steps, known, waived=let_off, sequential=sequential)
    assert 0 <= found.rollup.percent <= 100
    assert (found.rollup.percent == 100) == (found.rollup.required > 0 and not found.missing)
    for placed in found.placed:
        if placed.blocked_by:
            before = found.placed[: placed.number - 1]
            assert any(one.step is placed.blocked_by and one.state not in paths.MET for one in before)
    if found.missing and not any(one.out_of_reach for one in found.placed):
        assert found.next is not None


@given(
    names=st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1),
    moves=st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(-9, 9))),
)
def test_moving_steps_loses_none_and_doubles_none(names: list[str], moves: list[tuple[str, int]]) -> None:
    steps = [course(name) for name in names]
    for name, places in moves:
        steps = paths.shifted(steps, f"step-{name}", places)
        steps = paths.moved(steps, f"step-{name}", f"step-{names[places % len(names)]}")
    assert sorted(one.step_id for one in steps) == sorted(f"step-{name}" for name in names)


def test_courses_that_wait_for_each_other_are_found_however_far_apart() -> None:
    steps = [A, B, C]
    assert paths.circle(steps, {}, sequential=True) == []
    assert paths.circle(steps, {"b": ["a"], "c": ["b", "elsewhere"]}, sequential=True) == []
    assert set(paths.circle(steps, {"a": ["x"], "x": ["c"]}, sequential=True)) == {"a", "b", "c", "x"}
    assert paths.circle(steps, {"a": ["c"]}, sequential=False) == []


def test_what_is_wrong_with_a_list_of_steps_is_said() -> None:
    assert list(paths.problems([A, choice("bc", 1)])) == []
    assert "twice" in next(paths.problems([A, choice("ab", 1)]))
    assert "3 of 2" in next(paths.problems([choice("ab", 3)]))
    assert "at most" in next(paths.problems([course(str(number)) for number in range(51)]))
    assert Step.from_data(choice("ab", 2).to_data()) == choice("ab", 2)
