"""Assignments through the API: given by managers to those who can sign in, and read by whose they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.tests.conftest import pool  # noqa: F401  (a fixture)
from core import clock
from core.api.testing import ApiClient, requests_of
from core.testing import ANA, CARL, CORA, RITA, VERA
from lms.services import publishing
from lms.tests.assignment_factories import assign
from lms.tests.factories import make_course

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")
NOBODYS = "01hidden000000000000000000"


def test_assigning_is_for_managers():
    course = make_course()
    one = assign(course, VERA)
    place = f"assignments/{VERA.user_id}/{one.assignment_id}"
    body = {"kind": "course", "target_id": course.course_id, "people": [VERA.user_id]}
    for person in (VERA, CORA, CARL):
        api = ApiClient(person)
        assert api.get("assignments").status_code == 403
        assert api.post("assignments", body).status_code == 403
        for what in ("waive", "cancel"):
            assert api.post(f"{place}/{what}", {"reason": "No."}).status_code == 403
        assert api.post(f"{place}/extend", {}).status_code == 403
        assert api.get(place).status_code == (200 if person is VERA else 403)
    for person in (RITA, ANA):
        assert ApiClient(person).get(place).json()["title"] == course.title
        assert ApiClient(person).get(f"assignments/{VERA.user_id}/{NOBODYS}").status_code == 404


def test_assigning_twice_makes_one_and_says_so(pool: Any):  # noqa: F811
    course, vera, carl, cora = make_course(), pool["vera"], pool["carl"], pool["cora"]
    pool.ask("admin_disable_user", Username=cora.user_id)
    api, day = ApiClient(pool["rita"]), (clock.now() + timedelta(days=30)).date().isoformat()
    body = {"kind": "course", "target_id": course.course_id, "due_on": day}
    body["people"] = [vera.user_id, carl.user_id, cora.user_id, "nobody"]
    tried = api.post("assignments", body | {"dry_run": True}).json()
    assert ApiClient(vera).get("assignments/mine").json()["items"] == []
    done = api.post("assignments", body).json()
    outcomes = {one["user_id"]: one["outcome"] for one in done["items"]}
    assert outcomes == {one["user_id"]: one["outcome"] for one in tried["items"]}
    assert outcomes == {
        vera.user_id: "assigned",
        carl.user_id: "assigned",
        cora.user_id: "refused",
        "nobody": "refused",
    }
    again = api.post("assignments", body).json()
    assert [one["outcome"] for one in again["items"] if one["user_id"] == vera.user_id] == ["assigned already"]
    (mine,) = ApiClient(vera).get("assignments/mine").json()["items"]
    assert (mine["kind"], mine["target_id"], mine["due_on"]) == ("course", course.course_id, day)
    listed = api.get("assignments", {"target": f"course:{course.course_id}"}).json()
    assert {one["user_id"] for one in listed["items"]} == {vera.user_id, carl.user_id}
    assert api.get("assignments", {"who": vera.user_id}).json()["total"] == 1


def test_everybody_with_a_role_is_assigned_some_at_a_time(pool: Any, monkeypatch):  # noqa: F811
    monkeypatch.setattr("lms.api.assignments.MOST_AT_ONCE", 1)
    api, course = ApiClient(pool["ana"]), make_course()
    body = {"kind": "course", "target_id": course.course_id, "role": "Contributor"}
    first, second, third = (api.post("assignments", body).json() for _ in range(3))
    assert (first["more"], len(first["items"])) == (True, 1)
    assert second["more"] is False
    assert [one["outcome"] for one in third["items"]] == ["assigned already"] * 2


def test_what_cannot_be_assigned_is_refused(pool: Any):  # noqa: F811
    withdrawn, course = make_course(), make_course()
    publishing.unpublish(course_id=withdrawn.course_id, by=RITA)
    api = ApiClient(pool["rita"])
    body = {"kind": "course", "target_id": course.course_id, "people": [pool["vera"].user_id]}
    assert api.post("assignments", body | {"target_id": NOBODYS}).status_code == 404
    assert api.post("assignments", body | {"target_id": withdrawn.course_id}).status_code == 403
    for wrong in (
        {"people": []},
        {"role": "Viewer"},
        {"due_on": "2001-01-01"},
        {"due_on": "2099-01-01"},
        {"due_at": "2001-01-01T10:00:00Z"},
    ):
        assert api.post("assignments", body | wrong).status_code == 400, wrong
    for wrong in ({"status": "completed"}, {"due_on": "tomorrow"}, {"due_at": "2030-01-01T10:00:00"}, {"kind": "x"}):
        assert api.post("assignments", body | wrong).status_code == 422, wrong


def test_an_assignment_is_moved_waived_and_cancelled_with_its_reason():
    api, one, other = ApiClient(RITA), assign(make_course()), assign(make_course())
    place = f"assignments/{VERA.user_id}/{one.assignment_id}"
    day = (clock.now() + timedelta(days=9)).date().isoformat()
    assert api.post(f"{place}/extend", {"due_on": day}).json()["due_on"] == day
    assert api.post(f"{place}/extend", {"due_on": day, "due_at": f"{day}T10:00:00Z"}).status_code == 400
    assert api.post(f"{place}/waive", {}).status_code == 400
    assert api.post(f"{place}/waive", {"reason": "On leave"}).json()["state"] == "waived"
    assert api.post(f"{place}/waive", {"reason": "Again"}).status_code == 403
    assert ApiClient(VERA).get(place).json()["closed_reason"] == "On leave"
    api.post(f"assignments/{VERA.user_id}/{other.assignment_id}/cancel", {})
    assert [mine["state"] for mine in ApiClient(VERA).get("assignments/mine").json()["items"]] == ["waived"]


def test_what_was_withdrawn_before_she_began_is_not_named():
    course = make_course()
    one = assign(course)
    publishing.unpublish(course_id=course.course_id, by=RITA)
    assert ApiClient(VERA).get("assignments/mine").json()["items"] == []
    place = f"assignments/{VERA.user_id}/{one.assignment_id}"
    assert ApiClient(VERA).get(place).status_code == 404
    assert ApiClient(RITA).get(place).status_code == 200


def test_lists_of_assignments_keep_their_budget():
    assign(make_course())
    assert requests_of(ApiClient(VERA), "assignments/mine") == 2
    assert requests_of(ApiClient(RITA), "assignments") <= 2
