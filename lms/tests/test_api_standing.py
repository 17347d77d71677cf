from __future__ import annotations

import pytest

from accounts.services import teams
from accounts.tests.conftest import pool  # noqa: F401  (a fixture)
from core.api.testing import ApiClient
from lms.tests.factories import make_course

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")
NOBODYS = "01hidden000000000000000000"


def test_whoever_joins_a_team_is_given_what_stands_for_it(pool):  # noqa: F811
    team_id, course = teams.create(name="East", by=pool["ana"]).team_id, make_course(title="Renewals")
    teams.add(team_id=team_id, user_ids=[pool["vera"].user_id], by=pool["ana"])
    api = ApiClient(pool["rita"])
    body = {"kind": "course", "target_id": course.course_id, "team_id": team_id, "days": 14}
    made = api.post("standing-assignments", body)
    assert made.status_code == 200, made.content
    assert (made.json()["told"], made.json()["title"], made.json()["days"]) == ("Team East", "Renewals", 14)
    assert api.post("standing-assignments", body).status_code == 400  # it stands already
    (mine,) = ApiClient(pool["vera"]).get("assignments/mine").json()["items"]
    assert mine["target_id"] == course.course_id
    place = f"standing-assignments/{made.json()['whom']}/{made.json()['rule_id']}"
    assert api.put(place, {"days": None, "note": "Soon"}).json()["note"] == "Soon"
    assert len(api.get("standing-assignments").json()["items"]) == 1
    assert api.post(f"{place}/end", {"withdraw": True}).json()["active"] is False
    assert api.post(f"{place}/end", {}).status_code == 403
    assert api.get("standing-assignments").json()["items"] == []
    assert ApiClient(pool["vera"]).get("assignments/mine").json()["items"] == []


def test_standing_assignments_are_for_those_who_assign(pool):  # noqa: F811
    body = {"kind": "course", "target_id": make_course().course_id, "role": "Viewer"}
    for name in ("vera", "cora", "carl"):
        api = ApiClient(pool[name])
        assert api.get("standing-assignments").status_code == 403
        assert api.post("standing-assignments", body).status_code == 403
        assert api.get(f"standing-assignments/roles/{NOBODYS}").status_code == 403
    api = ApiClient(pool["rita"])
    assert api.get(f"standing-assignments/roles/{NOBODYS}").status_code == 404
    assert api.post("standing-assignments", body | {"team_id": NOBODYS}).status_code == 400
    assert api.post("standing-assignments", body | {"role": None, "team_id": NOBODYS}).status_code == 400
    for wrong in ({"days": 0}, {"days": "7"}, {"role": "Owner"}, {"user_id": "me"}):
        assert api.post("standing-assignments", body | wrong).status_code == 422, wrong
