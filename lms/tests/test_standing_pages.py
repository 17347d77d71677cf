"""The pages of standing assignments, for those who assign."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Team
from accounts.services import teams
from core.testing import ANA, RITA, VERA, sign_in
from lms.store import assignments as store
from lms.store import standing as rules
from lms.tests.factories import make_course

pytestmark = pytest.mark.usefixtures("cloud")
LIST = "/learn/manage/assignments/standing/"


@pytest.fixture
def team() -> Team:
    made = teams.create(name="East", by=ANA)
    teams.add(team_id=made.team_id, user_ids=[VERA.user_id], by=ANA)
    return made


def test_an_approver_makes_changes_and_ends_one(client: Client, team: Team) -> None:
    course = make_course(title="Renewals <1>")
    sign_in(client, RITA)
    assert "There is no standing assignment yet" in client.get(LIST).text
    assert "Renewals" in client.get(f"{LIST}targets/", {"q": "renew"}).text
    assert "East" in client.get(f"{LIST}teams/", {"q": "EAS"}).text
    entered = {"target": f"course:{course.course_id}", "whom": "team", "team": team.team_id, "days": "14", "note": "Hi"}
    page = client.get(client.post(f"{LIST}new/", entered).headers["Location"])
    assert "Renewals &lt;1&gt;" in page.text
    assert "due 14 days after joining" in page.text
    assert len(store.assignments_of(VERA.user_id)) == 1
    (rule,) = rules.active_of(f"team:{team.team_id}")
    here = f"{LIST}{rule.whom}/{rule.rule_id}/"
    assert client.post(f"{LIST}new/", entered).status_code == 400
    assert client.post(here, {"days": "0"}).status_code == 400
    assert client.post(here, {"days": "30"}).status_code == 303
    assert "due 30 days after joining" in client.get(LIST).text
    assert client.post(f"{here}end/", {"withdraw": "on"}).status_code == 303
    assert store.assignments_of(VERA.user_id) == []
    assert client.post(f"{here}end/", {}).status_code == 403
    assert "It has been ended" in client.get(here).text


def test_what_is_missing_is_said_and_a_search_judges_nothing(client: Client, team: Team) -> None:
    sign_in(client, RITA)
    answer = client.post(f"{LIST}new/", {"whom": "team", "target": "course:never-made"})
    assert answer.status_code == 400
    assert "Choose the team." in answer.text
    course = make_course(title="Objections")
    looked = client.post(f"{LIST}new/", {"whom": "role", "text_target": "objections", "find_target": "1"})
    assert looked.status_code == 200
    assert f"course:{course.course_id}" in looked.text


def test_the_page_of_a_team_names_what_whoever_joins_takes(client: Client, team: Team) -> None:
    course = make_course(title="First steps")
    sign_in(client, ANA)
    client.post(f"{LIST}new/", {"target": f"course:{course.course_id}", "whom": "team", "team": team.team_id})
    page = client.get(f"/manage/teams/{team.team_id}/").text
    assert "First steps" in page
    assert "End these standing assignments first." in page
