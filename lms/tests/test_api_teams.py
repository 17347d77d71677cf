"""How a team keeps up, through the API: for its managers and Admins, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.enums import TeamRole
from accounts.services import teams
from accounts.tests.conftest import pool  # noqa: F401  (a fixture)
from core import clock
from core.api.testing import ApiClient, requests_of
from lms.services.assignments import When
from lms.tests.assignment_factories import assign
from lms.tests.factories import make_course

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")


@pytest.fixture
def team_id(pool):  # noqa: F811
    """Carl manages it; Vera and Cora are in it."""
    made = teams.create(name="North", by=pool["ana"]).team_id
    teams.add(team_id=made, user_ids=[pool["carl"].user_id], role=TeamRole.MANAGER, by=pool["ana"])
    teams.add(team_id=made, user_ids=[pool["vera"].user_id, pool["cora"].user_id], by=pool["ana"])
    return made


def test_a_manager_sees_who_wants_attention_first(pool, team_id):  # noqa: F811
    vera, cora, course = pool["vera"], pool["cora"], make_course(title="Renewals")
    assign(course, vera, when=When(day=(clock.now() + timedelta(days=2)).date()))
    api = ApiClient(pool["carl"])
    assert [one["team_id"] for one in api.get("teams").json()["items"]] == [team_id]
    told = api.get(f"teams/{team_id}").json()
    assert (told["name"], told["members"]) == ("North", 2)
    first, second = told["items"]
    assert (first["user_id"], first["pace"], first["next"][0]["title"]) == (vera.user_id, "behind", "Renewals")
    assert (second["user_id"], second["pace"], second["next"]) == (cora.user_id, "nothing", [])
    assert [one["user_id"] for one in api.get(f"teams/{team_id}", {"pace": "nothing"}).json()["items"]] == [
        cora.user_id
    ]
    assert api.get(f"teams/{team_id}", {"pace": "asleep"}).status_code == 422
    member = api.get(f"teams/{team_id}/people/{vera.user_id}").json()
    assert [one["title"] for one in member["assigned"]] == ["Renewals"]


@pytest.mark.parametrize(
    ("person", "status"), [("vera", 404), ("cora", 404), ("carl", 200), ("rita", 404), ("ana", 200)]
)
def test_a_team_is_there_for_its_managers_and_admins_alone(pool, team_id, person, status):  # noqa: F811
    api = ApiClient(pool[person])
    assert api.get(f"teams/{team_id}").status_code == status
    assert api.get(f"teams/{team_id}/people/{pool['vera'].user_id}").status_code == status
    assert api.get(f"teams/{team_id}/people/{pool['rita'].user_id}").status_code == 404
    assert api.get("teams").json()["items"] == [] or person == "carl"


def test_a_team_keeps_its_budget(pool, team_id):  # noqa: F811
    assign(make_course(), pool["vera"])
    assert requests_of(ApiClient(pool["carl"]), f"teams/{team_id}") <= 4
    assert requests_of(ApiClient(pool["carl"]), "teams") <= 2
