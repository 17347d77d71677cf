"""Standing assignments: who joins gets them, who leaves keeps what she has begun."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.enums import Role, TeamRole
from accounts.models import Team
from accounts.services import people, teams
from accounts.store import audit_of_target
from accounts.store import teams as team_rows
from accounts.tests.conftest import pool  # noqa: F401  (a fixture)
from core import clock
from core.errors import Invalid, NotFound, Refused
from core.outbox.relay import drain
from core.testing import ANA, CARL, CORA, RITA, VERA
from lms.enums import AssignmentStatus
from lms.models import Assignment, AssignmentRule, Course
from lms.services import assignments, learning, publishing
from lms.services.assignments import joining, standing, target_of
from lms.services.assignments.standing import Whom
from lms.store import assignments as store
from lms.store import standing as rules
from lms.tests.assignment_factories import complete
from lms.tests.factories import lesson_ids, make_course

pytestmark = pytest.mark.usefixtures("cloud")
S = AssignmentStatus


@pytest.fixture
def team() -> Team:
    made = teams.create(name="East", by=ANA)
    teams.add(team_id=made.team_id, user_ids=[VERA.user_id], by=ANA)
    return made


@pytest.fixture
def course() -> Course:
    return make_course(lesson_count=2)


def begin(course: Course, whom: Whom | Team, *, most: int = 100, **more: Any) -> AssignmentRule:
    whom = Whom(str(whom.team_id)) if isinstance(whom, Team) else whom
    rule = standing.begin(whom=whom, target=target_of("course", course.course_id), by=RITA, **more)
    joining.go_on(rule, most=most)
    return rules.rule_by_id(rule.whom, rule.rule_id, fresh=True)


def hear() -> None:
    """What the worker tells."""
    while drain(clock.now()):
        pass


def join(team: Team, *user_ids: str, role: TeamRole = TeamRole.MEMBER) -> None:
    teams.add(team_id=team.team_id, user_ids=user_ids, role=role, by=ANA)
    hear()


def leave(team: Team, *user_ids: str) -> None:
    teams.remove(team_id=team.team_id, user_ids=user_ids, by=ANA)
    hear()


def given(user_id: str) -> list[Assignment]:
    return store.assignments_of(user_id, fresh=True)


def states(user_id: str) -> list[str]:
    return [one.status for one in given(user_id)]


def test_who_is_in_the_team_and_who_joins_it_get_it_with_the_days_that_each_has(team: Team, course: Course) -> None:
    rule = begin(course, team, days=14, note="Welcome")
    assert not rule.under_way
    join(team, CARL.user_id)
    for person in (VERA, CARL):
        (one,) = given(person.user_id)
        assert (one.note, one.origin, one.assigned_by_user_id) == ("Welcome", f"rule:{rule.rule_id}", "system")
        assert one.due_at
        assert timedelta(days=13) < one.due_at - clock.now() < timedelta(days=16)
    assert team_rows.team_by_id(team.team_id).standing == 1


def test_managers_learn_nothing_by_managing(team: Team, course: Course) -> None:
    begin(course, team)
    join(team, CARL.user_id, role=TeamRole.MANAGER)
    assert given(CARL.user_id) == []
    join(team, CARL.user_id)
    assert states(CARL.user_id) == [S.ASSIGNED]
    join(team, CARL.user_id, role=TeamRole.MANAGER)
    assert states(CARL.user_id) == []


def test_who_leaves_loses_what_she_has_not_begun_and_has_it_again_when_she_comes_back(
    team: Team, course: Course
) -> None:
    begin(course, team)
    begun = make_course(lesson_count=2)
    begin(begun, team)
    learning.complete_lesson(course_id=begun.course_id, lesson_id=lesson_ids(begun)[0], by=VERA)
    assert sorted(states(VERA.user_id)) == [S.ASSIGNED, S.IN_PROGRESS]
    leave(team, VERA.user_id)
    assert states(VERA.user_id) == [S.IN_PROGRESS]
    join(team, VERA.user_id)
    assert sorted(states(VERA.user_id)) == [S.ASSIGNED, S.IN_PROGRESS]


@pytest.mark.parametrize("decide", [assignments.waive, assignments.cancel])
def test_what_somebody_decided_stays_decided(team: Team, course: Course, decide: Any) -> None:
    rule = begin(course, team)
    (one,) = given(VERA.user_id)
    decide(user_id=VERA.user_id, assignment_id=one.assignment_id, reason="She teaches it.", by=RITA)
    leave(team, VERA.user_id)
    join(team, VERA.user_id)
    rule.under_way = "giving"
    joining.go_on(rule)
    assert not set(states(VERA.user_id)) & {S.ASSIGNED, S.IN_PROGRESS}


def test_a_certificate_that_runs_out_asks_nobody_again(team: Team) -> None:
    course = make_course(lesson_count=1)
    rule = begin(course, team)
    complete(course, VERA)
    with clock.at(clock.now() + timedelta(days=3000)):
        for _ in range(2):
            joining.follow_team(VERA.user_id, str(team.team_id))
        rule.under_way = "giving"
        joining.go_on(rule)
        assert states(VERA.user_id) == [S.COMPLETED]


def test_being_told_again_changes_nothing(team: Team, course: Course) -> None:
    begin(course, team)
    before = given(VERA.user_id)
    for _ in range(3):
        joining.follow_team(VERA.user_id, str(team.team_id))
    assert [one.rev for one in given(VERA.user_id)] == [one.rev for one in before]


def test_a_large_team_is_dealt_with_slice_by_slice(team: Team, course: Course) -> None:
    others = [f"sub-{number:03}" for number in range(12)]
    join(team, *others)
    rule = begin(course, team, most=5)
    assert rule.under_way == "giving"
    assert sum(bool(given(user_id)) for user_id in others) < 12
    for _ in range(3):
        joining.go_on_with_all(most=5)
    assert all(len(given(user_id)) == 1 for user_id in [*others, VERA.user_id])
    assert joining.go_on_with_all(most=5) == 0


def test_ending_it_takes_back_what_nobody_has_begun_only_if_wanted(team: Team, course: Course) -> None:
    other = make_course(lesson_count=2)
    kept, taken = begin(course, team), begin(other, team)
    standing.end(rule=kept, by=RITA)
    ended = standing.end(rule=taken, withdraw=True, by=RITA)
    joining.go_on(ended)
    assert [one.course_id for one in given(VERA.user_id)] == [course.course_id]
    assert team_rows.team_by_id(team.team_id).standing == 0
    join(team, CARL.user_id)
    assert given(CARL.user_id) == []
    with pytest.raises(Refused):
        standing.end(rule=ended, by=RITA)
    begin(other, team)
    assert len(given(VERA.user_id)) == 2


def test_the_same_twice_is_refused_and_a_team_with_it_cannot_be_deleted(team: Team, course: Course) -> None:
    rule = begin(course, team)
    with pytest.raises(Invalid):
        begin(course, team)
    with pytest.raises(Refused):
        teams.delete(team_id=team.team_id, by=ANA)
    standing.change(rule=rule, days=30, note="", by=RITA)
    said = [entry.action for entry in audit_of_target(f"standing:{rule.rule_id}").items]
    assert said == ["standing.changed", "standing.begun"]


@pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 100_000}, {"note": "x" * 501}])
def test_what_cannot_be_is_refused(team: Team, course: Course, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        begin(course, team, **wrong)
    assert rules.active_of(f"team:{team.team_id}") == []


def test_only_who_assigns_may_and_only_for_a_team_that_is_there(team: Team, course: Course) -> None:
    target = target_of("course", course.course_id)
    for person in (VERA, CORA):
        with pytest.raises(Refused):
            standing.begin(whom=Whom(str(team.team_id)), target=target, by=person)
    with pytest.raises((Invalid, NotFound)):
        standing.begin(whom=Whom("never-made"), target=target, by=RITA)


def test_what_was_withdrawn_is_given_to_those_who_joined_meanwhile(team: Team, course: Course) -> None:
    begin(course, team)
    publishing.unpublish(course_id=course.course_id, by=RITA)
    join(team, CARL.user_id)
    assert given(CARL.user_id) == []
    publishing.publish(course_id=course.course_id, by=RITA)
    hear()
    joining.go_on_with_all(most=100)
    assert states(CARL.user_id) == [S.ASSIGNED]


def test_a_role_has_it_for_as_long_as_it_lasts(pool: Any, course: Course) -> None:  # noqa: F811
    begin(course, Whom(role=Role.CONTRIBUTOR))
    assert states(pool["carl"].user_id) == [S.ASSIGNED]
    assert given(pool["vera"].user_id) == []
    people.change_role(user_id=pool["vera"].user_id, role=Role.CONTRIBUTOR, by=pool["ana"], reason="")
    people.change_role(user_id=pool["carl"].user_id, role=Role.VIEWER, by=pool["ana"], reason="")
    hear()
    assert states(pool["vera"].user_id) == [S.ASSIGNED]
    assert given(pool["carl"].user_id) == []


def test_everybody_has_it_at_the_first_sign_in(pool: Any, course: Course) -> None:  # noqa: F811
    begin(course, Whom())
    assert states(pool["vera"].user_id) == [S.ASSIGNED]
    joining.follow_role("never-there")
    assert given("never-there") == []
