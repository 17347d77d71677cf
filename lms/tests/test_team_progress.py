"""What managers see of their teams' learning."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role, TeamRole
from accounts.models import Team
from accounts.person import Person
from accounts.services import teams
from accounts.store import audit_of_actor
from core import clock
from core.testing import ANA, CARL, CORA, RITA, VERA, sign_in
from lms.rules.pace import Counts, Pace
from lms.services import learning, publishing
from lms.services.assignments import When
from lms.tests.assignment_factories import assign, complete
from lms.tests.factories import lesson_ids, make_course
from lms.tests.path_factories import make_path

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def team() -> Team:
    """Of Carl; Vera and Cora learn in it."""
    made = teams.create(name="East", by=ANA)
    teams.add(team_id=made.team_id, user_ids=[CARL.user_id], role=TeamRole.MANAGER, by=ANA)
    teams.add(team_id=made.team_id, user_ids=[VERA.user_id, CORA.user_id], by=ANA)
    return made


@pytest.fixture
def carl(client: Client) -> Client:
    return sign_in(client, CARL)


def calls_of(client: Client, caplog: pytest.LogCaptureFixture, address: str) -> tuple[str, int]:
    """The page, and the requests that it took; the session is remembered."""
    with caplog.at_level("INFO", "portal.request"):
        text = client.get(address).text
    return text, caplog.records[-1].dynamodb_calls  # type: ignore[attr-defined]


def of(team: Team, part: str = "") -> str:
    return f"/learn/teams/{team.team_id}/{part}"


def test_who_is_late_stands_first_in_four_requests(team: Team, carl: Client, caplog: pytest.LogCaptureFixture) -> None:
    late, path = make_course(title="Renewals"), make_path(make_course(), title="Onboarding")
    with clock.at(clock.now() - timedelta(days=30)):
        assign(late, VERA, when=When(day=(clock.now() + timedelta(days=3)).date()))
    assign(path, CORA)
    carl.get(of(team))
    page, calls = calls_of(carl, caplog, of(team))
    assert calls == 4
    assert page.index(f"/{VERA.user_id}/") < page.index(f"/{CORA.user_id}/")
    for said in ("Renewals", "Onboarding", "was due", "Overdue", "On track"):
        assert said in page, said
    only = carl.get(of(team), {"pace": "on-track"}).text
    assert f"/{CORA.user_id}/" in only
    assert f"/{VERA.user_id}/" not in only


def test_a_member_is_done_when_all_of_it_is(team: Team, carl: Client) -> None:
    course = make_course(lesson_count=1)
    assign(course, VERA)
    complete(course, VERA)
    page = carl.get(of(team)).text
    assert "All done" in page
    assert "Nothing assigned" in page


def test_a_members_page_shows_her_learning_in_six_requests(
    team: Team, carl: Client, caplog: pytest.LogCaptureFixture
) -> None:
    begun, done = make_course(title="Half way", lesson_count=2), make_course(title="Finished", lesson_count=1)
    assign(begun, VERA)
    learning.complete_lesson(course_id=begun.course_id, lesson_id=lesson_ids(begun)[0], by=VERA)
    complete(done, VERA)
    carl.get(of(team))
    page, calls = calls_of(carl, caplog, of(team, f"{VERA.user_id}/"))
    assert calls == 6
    for said in ("Half way", "50%", "Finished"):
        assert said in page, said
    assert "/continue/" not in page


def test_courses_that_the_manager_may_not_see_are_not_named(team: Team, carl: Client) -> None:
    hidden = make_course(title="Secret plans", lesson_count=2)
    assign(hidden, VERA)
    learning.complete_lesson(course_id=hidden.course_id, lesson_id=lesson_ids(hidden)[0], by=VERA)
    publishing.unpublish(course_id=hidden.course_id, by=RITA)
    teams.add(team_id=team.team_id, user_ids=["sub-max"], role=TeamRole.MANAGER, by=ANA)
    sign_in(carl, Person("sub-max", "Max", Role.VIEWER))
    for address in (of(team), of(team, f"{VERA.user_id}/")):
        page = carl.get(address)
        assert page.status_code == 200
        assert "Secret plans" not in page.text
    assert "Not open to you" in carl.get(of(team)).text


def test_other_managers_members_and_strangers_do_not_exist(team: Team, client: Client) -> None:
    other = teams.create(name="West", by=ANA)
    teams.add(team_id=other.team_id, user_ids=[RITA.user_id], role=TeamRole.MANAGER, by=ANA)
    for person in (VERA, RITA):
        sign_in(client, person)
        for part in ("", "progress.csv", f"{VERA.user_id}/"):
            assert client.get(of(team, part)).status_code == 404
    sign_in(client, CARL)
    for user_id in (RITA.user_id, CARL.user_id, "nobody"):
        assert client.get(of(team, f"{user_id}/")).status_code == 404
    assert client.get("/learn/teams/never-made/").status_code == 404


def test_who_was_a_manager_until_now_sees_nothing_any_more(team: Team, carl: Client) -> None:
    assert carl.get(of(team)).status_code == 200
    teams.remove(team_id=team.team_id, user_ids=[CARL.user_id], by=ANA)
    assert sign_in(carl, CARL).get(of(team)).status_code == 404


def test_the_list_leads_on_where_there_is_one_team_only(
    team: Team, carl: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert carl.get("/learn/teams/").headers["Location"] == of(team)
    second = teams.create(name="West", by=ANA)
    teams.add(team_id=second.team_id, user_ids=[CARL.user_id], role=TeamRole.MANAGER, by=ANA)
    sign_in(carl, CARL).get("/learn/")
    page, calls = calls_of(carl, caplog, "/learn/teams/")
    assert "West" in page
    assert calls == 2
    sign_in(carl, VERA)
    assert "You manage no team" in carl.get("/learn/teams/").text


def test_the_file_has_a_line_for_each_member_and_is_noted(team: Team, carl: Client) -> None:
    assign(make_course(), VERA)
    header, *rows = carl.get(of(team, "progress.csv")).getvalue().decode().splitlines()
    assert header.startswith("\ufeffperson,state,open,overdue")
    assert sorted(row.split(",", 1)[1] for row in rows) == ["Nothing assigned,0,0,0,0", "On track,1,0,0,0"]
    (entry,) = audit_of_actor(CARL.user_id, limit=1).items
    assert entry.action == "team.progress_exported"


def test_a_long_team_goes_on_page_by_page(team: Team, carl: Client, caplog: pytest.LogCaptureFixture) -> None:
    teams.add(team_id=team.team_id, user_ids=[f"sub-{number:03}" for number in range(30)], by=ANA)
    carl.get("/learn/mine/")
    first, calls = calls_of(carl, caplog, of(team))
    assert calls == 2  # nobody has anything to do
    assert first.count('class="member-row"') == 25
    cursor = first.split("cursor=")[1].split('"')[0]
    assert carl.get(of(team) + f"?cursor={cursor}").text.count('class="member-row"') == 7
    assert carl.get(of(team) + "?cursor=forged").status_code == 400


@given(st.builds(Counts, *[st.integers(0, 3)] * 4))
def test_the_worst_of_it_decides(counts: Counts) -> None:
    worse = Counts(counts.open + 1, counts.overdue + 1, counts.soon, counts.completed)
    assert worse.pace is Pace.OVERDUE
    assert (counts.pace is Pace.NOTHING) == (not any((counts.open, counts.overdue, counts.soon, counts.completed)))
