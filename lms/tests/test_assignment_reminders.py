from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts import services as accounts
from accounts.enums import TeamRole
from accounts.services import teams
from accounts.tests.conftest import pool  # noqa: F401  (a fixture)
from core import clock
from core.events import Event, _listeners, listens_to
from core.testing import RITA, VERA
from lms.services import assignments
from lms.services.assignments import When
from lms.tests.assignment_factories import again, assign, complete
from lms.tests.factories import make_course

pytestmark = pytest.mark.usefixtures("cloud")
DUE = date(2026, 11, 27)
ASSIGNED = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def told() -> Iterator[list[Event]]:
    events: list[Event] = []
    listens_to("assignment.*")(events.append)
    yield events
    _listeners.pop()


def stages(events: list[Event]) -> list[Any]:
    return [event.props["stage"] for event in events if event.name == "assignment.reminder_due"]


def named(events: list[Event], name: str) -> list[Event]:
    return [event for event in events if event.name == f"assignment.{name}"]


def test_each_reminder_is_said_once_however_often_the_clock_is_asked(pool: Any, told: list[Event]) -> None:  # noqa: F811
    with clock.at(ASSIGNED):
        assign(make_course(), pool["vera"], when=When(day=DUE))
    for day in (1, 18, 24, 25, 32, 39, 46, 53):
        moment = ASSIGNED + timedelta(days=day, hours=8)
        for _twice in range(2):
            with clock.at(moment):
                assignments.remind(moment)
    assert stages(told) == [
        "week_before",
        "day_before",
        "day_of",
        "week_after",
        "two_weeks_after",
        "three_weeks_after",
        "four_weeks_after",
    ]
    assert len(named(told, "became_overdue")) == 1
    copied = [event.props.get("copy_to") for event in named(told, "reminder_due")]
    assert copied == [None, None, None, RITA.user_id, None, None, None]


def test_a_week_late_is_copied_to_those_who_manage_her(pool: Any, told: list[Event]) -> None:  # noqa: F811
    team = teams.create(name="East", by=pool["ana"])
    teams.add(team_id=team.team_id, user_ids=[pool["vera"].user_id], by=pool["ana"])
    managers = sorted([pool["carl"].user_id, pool["cora"].user_id])
    teams.add(team_id=team.team_id, user_ids=managers, role=TeamRole.MANAGER, by=pool["ana"])
    with clock.at(ASSIGNED):
        assign(make_course(), pool["vera"], when=When(day=DUE))
    assignments.remind(clock.parse(f"{DUE + timedelta(days=8)}T20:00:00Z"))
    (reminder,) = named(told, "reminder_due")
    assert str(reminder.props["copy_to"]).split(",") == managers


def test_a_sweep_that_did_not_run_for_weeks_says_only_the_last(pool: Any, told: list[Event]) -> None:  # noqa: F811
    with clock.at(ASSIGNED):
        assign(make_course(), pool["vera"], when=When(day=DUE))
    assignments.remind(datetime(2026, 12, 20, tzinfo=UTC))
    assert stages(told) == ["three_weeks_after"]


def test_nobody_is_reminded_who_cannot_sign_in_or_has_done_it(pool: Any, told: list[Event]) -> None:  # noqa: F811
    course = make_course(lesson_count=1)
    with clock.at(ASSIGNED):
        assign(course, pool["vera"], when=When(day=DUE))
        assign(course, pool["cora"], when=When(day=DUE))
        complete(course, pool["cora"])
    pool.ask("admin_disable_user", Username=pool["vera"].user_id)
    assignments.remind(datetime(2026, 12, 20, tzinfo=UTC))
    assert stages(told) == []
    assert [event.props["user_id"] for event in named(told, "became_overdue")] == [pool["vera"].user_id]


def test_a_day_moves_with_the_person_and_an_instant_does_not() -> None:
    with clock.at(ASSIGNED):
        day = assign(make_course(), when=When(day=DUE))
        instant = assign(make_course(title="B"), when=When(at=datetime(2026, 11, 27, 15, tzinfo=UTC), zone="UTC"))
    assert day.due_at == datetime(2026, 11, 28, 4, 59, 59, tzinfo=UTC)
    with clock.at(ASSIGNED):
        accounts.set_preferences(by=VERA, time_zone="Pacific/Apia")
    assert (again(day).due_at, again(day).due_zone) == (datetime(2026, 11, 27, 10, 59, 59, tzinfo=UTC), "Pacific/Apia")
    assert again(day).open_due == "2026-11-27"
    assert again(instant).due_at == datetime(2026, 11, 27, 15, tzinfo=UTC)
    accounts.set_preferences(by=VERA, time_zone="")
    assert again(day).due_at == day.due_at


def test_whoever_has_a_zone_is_assigned_in_it() -> None:
    accounts.set_preferences(by=VERA, time_zone="Pacific/Kiritimati")
    with clock.at(ASSIGNED):
        one = assign(make_course(), when=When(day=DUE))
    assert one.due_at == datetime(2026, 11, 27, 9, 59, 59, tzinfo=UTC)
