"""People, teams, the audit log and who can see what, through the API: for Admins, and under their rules."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.tests.conftest import pool  # noqa: F401  (a fixture)
from content.enums import Status
from content.tests.factories import make_item
from core import clock
from core.api.testing import ApiClient
from core.jobs import running
from core.testing import ANA, CARL, CORA, RITA, VERA, sign_in
from lms.tests.factories import make_course

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")
NOBODYS = "01hidden000000000000000000"
SOMEBODY = f"admin/users/{VERA.user_id}"
READS = ("admin/users", SOMEBODY, "admin/teams", f"admin/teams/{NOBODYS}", "admin/audit", "admin/audit/export.csv",
         f"admin/who-can-see/content/{NOBODYS}", "admin/jobs", "admin/events/given-up")  # fmt: skip
WRITES = (
    ("POST", "admin/users", {"email": "n@gravyty.com"}),
    ("POST", f"{SOMEBODY}/role", {"role": "Admin"}),
    ("POST", f"{SOMEBODY}/disable", {}),
    ("POST", f"{SOMEBODY}/enable", None),
    ("POST", f"{SOMEBODY}/sign-out", None),
    ("POST", f"{SOMEBODY}/reset-password", None),
    ("POST", f"{SOMEBODY}/hand-over", {"to_user": CARL.user_id}),
    ("POST", "admin/teams", {"name": "North"}),
    ("PATCH", f"admin/teams/{NOBODYS}", {"name": "South"}),
    ("DELETE", f"admin/teams/{NOBODYS}", None),
    ("POST", f"admin/teams/{NOBODYS}/people", {"people": [VERA.user_id]}),
    ("DELETE", f"admin/teams/{NOBODYS}/people/{VERA.user_id}", None),
    ("POST", "admin/jobs/audit.seal/run", None),
    ("POST", f"admin/events/{NOBODYS}/replay", None),
)


@pytest.mark.parametrize("person", [VERA, CORA, RITA])
def test_nothing_of_it_opens_to_anybody_else(person):
    """A role is refused, whatever it asks for, so that nobody learns who or what is there."""
    api = ApiClient(person)
    assert {address: api.get(address).status_code for address in READS} == dict.fromkeys(READS, 403)
    for method, address, body in WRITES:
        assert api.ask(method, address, body).status_code == 403, address


def test_what_is_no_id_is_refused_and_leaves_the_audit_log_readable():
    vera, ana = ApiClient(VERA), ApiClient(ANA)
    for odd in ("1.2%20MB", "%F0%9F%98%80", "a%23b", "x" * 300):
        assert vera.post(f"admin/users/{odd}/disable", {}).status_code == 403
    rows = ana.get("admin/audit", {"who": VERA.user_id}).json()["items"]
    assert {one["target"].partition(":")[0] for one in rows} == {"area", "person"}
    assert sign_in(Client(), ANA).get("/manage/audit/").status_code == 200


def test_people_are_listed_found_and_shown(pool):  # noqa: F811
    api = ApiClient(pool["ana"])
    listed = api.get("admin/users").json()["items"]
    assert {one["name"] for one in listed} == {one.name for one in (VERA, CORA, CARL, RITA, ANA)}
    assert [one["name"] for one in api.get("admin/users", {"q": "carl"}).json()["items"]] == [CARL.name]
    assert [one["name"] for one in api.get("admin/users", {"show": "approvers"}).json()["items"]] == [RITA.name]
    assert api.get("admin/users", {"show": "everyone"}).status_code == 422
    shown = api.get(f"admin/users/{pool['rita'].user_id}").json()
    assert (shown["role"], shown["state"], shown["teams"]) == ("Approver", "active", [])
    assert api.get("admin/users/nobody").status_code == 404


def test_an_invitation_is_sent_once_to_an_address_of_the_organisation(pool):  # noqa: F811
    api, body = ApiClient(pool["ana"]), {"email": "Nadia.New@Gravyty.com", "name": "Nadia New", "role": "Contributor"}
    made = api.post("admin/users", body, idempotency_key="nadia")
    assert made.status_code == 201, made.content
    assert (made.json()["role"], made.json()["state"]) == ("Contributor", "invited")
    assert made.headers["Location"] == f"/v1/admin/users/{made.json()['user_id']}"
    assert api.post("admin/users", body, idempotency_key="nadia").json() == made.json()
    for wrong in (body, body | {"email": "n@elsewhere.example"}, body | {"email": "n"}):
        assert api.post("admin/users", wrong).status_code == 400, wrong
    for wrong in (body | {"role": "Owner"}, body | {"user_id": "me"}, {}):
        assert api.post("admin/users", wrong).status_code == 422, wrong


def test_roles_and_accounts_change_under_the_rules_of_the_pages(pool):  # noqa: F811
    ana, vera = pool["ana"], pool["vera"]
    api, hers = ApiClient(ana), f"admin/users/{vera.user_id}"
    assert api.post(f"{hers}/role", {"role": "Approver", "reason": "New job"}).json()["role"] == "Approver"
    assert pool.groups(vera) == {Role.APPROVER}
    assert api.post(f"admin/users/{ana.user_id}/role", {"role": "Viewer"}).status_code == 403
    assert api.post(f"admin/users/{ana.user_id}/disable", {}).status_code == 403
    assert api.post(f"{hers}/disable", {"reason": "Left"}).json()["state"] == "disabled"
    assert api.post(f"{hers}/enable").json()["state"] == "active"
    assert api.post(f"{hers}/sign-out").status_code == 200
    assert api.post("admin/users/nobody/role", {"role": "Viewer"}).status_code == 404
    entries = api.get("admin/audit", {"thing": f"person:{vera.user_id}"}).json()["items"]
    assert [one["action"] for one in entries][:4] == [
        "person.sessions_ended",
        "person.enabled",
        "person.disabled",
        "person.role_changed",
    ]


def test_what_somebody_owns_is_handed_over(pool):  # noqa: F811
    carl, cora = pool["carl"], pool["cora"]
    item, course = make_item(owner=carl), make_course(owner=carl)
    api, address = ApiClient(pool["ana"]), f"admin/users/{carl.user_id}/hand-over"
    assert api.post(address, {"to_user": pool["vera"].user_id}).status_code == 400
    assert api.post(address, {"to_user": "nobody"}).status_code == 400
    moved, cursor = 0, ""
    while cursor is not None:
        told = api.post(address, {"to_user": cora.user_id, "cursor": cursor}).json()
        moved, cursor = moved + told["moved"], told["next_cursor"]
    assert moved == 2
    assert ApiClient(cora).get(f"content/{item.content_id}").json()["owner_user_id"] == cora.user_id
    assert ApiClient(cora).get(f"courses/{course.course_id}").json()["owner_user_id"] == cora.user_id


def test_a_team_is_made_filled_renamed_and_deleted(pool):  # noqa: F811
    api, vera, rita = ApiClient(pool["ana"]), pool["vera"].user_id, pool["rita"].user_id
    made = api.post("admin/teams", {"name": "Sales — Norð"}, idempotency_key="north")
    assert made.status_code == 201, made.content
    team = f"admin/teams/{made.json()['team_id']}"
    assert api.post("admin/teams", {"name": "Sales — Norð"}, idempotency_key="north").json() == made.json()
    assert api.post("admin/teams", {"name": "sales — norð"}).status_code == 400
    assert api.post("admin/teams", {"name": " "}).status_code == 400
    api.post(f"{team}/people", {"people": [vera]})
    filled = api.post(f"{team}/people", {"people": [rita], "role": "manager"}).json()
    assert [(one["user_id"], one["is_manager"]) for one in filled["people"]] == [(rita, True), (vera, False)]
    assert api.post(f"{team}/people", {"people": ["nobody"]}).status_code == 400
    assert api.post(f"{team}/people", {"people": []}).status_code == 422
    assert api.get(f"admin/users/{rita}").json()["teams"][0]["is_manager"] is True
    assert api.patch(team, {"name": "North"}).json()["name"] == "North"
    assert api.get("admin/teams").json()["items"][0]["people"] == 2
    for _twice in range(2):
        assert len(api.delete(f"{team}/people/{vera}").json()["people"]) == 1
    assert api.delete(team).status_code == 204
    assert api.delete(team).status_code == 404


def test_the_audit_log_is_filtered_paged_and_exported():
    for number in range(30):
        make_item(title=f"Item {number}", owner=CARL)
    api = ApiClient(ANA)
    first = api.get("admin/audit").json()
    assert len(first["items"]) == 25
    second = api.get("admin/audit", {"cursor": first["next_cursor"]}).json()
    assert not {(one["at"], one["target"], one["action"]) for one in first["items"]} & {
        (one["at"], one["target"], one["action"]) for one in second["items"]
    }
    assert {one["actor_id"] for one in api.get("admin/audit", {"who": CARL.user_id}).json()["items"]} == {CARL.user_id}
    assert api.get("admin/audit", {"cursor": first["next_cursor"], "who": CARL.user_id}).status_code == 400
    for wrong in ({"month": "2026-13"}, {"thing": "a b"}, {"result": "maybe"}, {"actor": "x"}):
        assert api.get("admin/audit", wrong).status_code == 422, wrong
    export = api.get("admin/audit/export.csv", {"who": CARL.user_id})
    lines = b"".join(export.streaming_content).decode().splitlines()
    assert len(lines) > 30
    newest = api.get("admin/audit", {"who": ANA.user_id}).json()["items"][0]
    assert newest["action"] == "audit.exported"


def test_an_admin_is_told_who_sees_a_thing_and_why(pool):  # noqa: F811
    draft = make_item(Status.DRAFT, owner=pool["carl"])
    api = ApiClient(pool["ana"])
    told = api.get(f"admin/who-can-see/content/{draft.content_id}", {"person": pool["cora"].user_id}).json()
    assert [one["role"] for one in told["roles"] if one["grounds"]] == ["Admin"]
    seen = {one["user_id"]: bool(one["grounds"]) for one in told["people"]}
    assert seen == {pool["cora"].user_id: False, pool["carl"].user_id: True}
    course = make_course(owner=pool["carl"])
    everybody = api.get(f"admin/who-can-see/course/{course.course_id}").json()["roles"]
    assert all(one["grounds"] for one in everybody)
    for missing in (f"content/{NOBODYS}", f"lesson/{draft.content_id}"):
        assert api.get(f"admin/who-can-see/{missing}").status_code == 404


def test_jobs_are_shown_and_asked_for():
    api = ApiClient(ANA)
    before = {one["name"]: one for one in api.get("admin/jobs").json()["items"]}
    assert before["audit.seal"]["runs"] == 0
    assert api.post("admin/jobs/audit.seal/run").status_code == 202
    running.run(["audit.seal"], clock.now())
    done = {one["name"]: one for one in api.get("admin/jobs").json()["items"]}["audit.seal"]
    assert (done["runs"], done["failures"], done["error"]) == (1, 0, None)
    assert done["due_at"] > clock.iso(clock.now())
    assert api.post("admin/jobs/audit.seal/run").status_code == 202
    due = {one["name"]: one for one in api.get("admin/jobs").json()["items"]}["audit.seal"]["due_at"]
    assert due <= clock.iso(clock.now())
    assert api.post("admin/jobs/no.such/run").status_code == 404
    assert api.get("admin/events/given-up").json() == {"items": [], "next_cursor": None}
    assert api.post(f"admin/events/{NOBODYS}/replay").status_code == 404
