from __future__ import annotations

import pytest

from core.api.testing import ApiClient
from core.testing import ANA, CARL, RITA, VERA
from webhooks.services import sending

pytestmark = pytest.mark.usefixtures("api_keys")
ADDRESS = "admin/webhooks"


@pytest.fixture
def api(hooks) -> ApiClient:
    return ApiClient(ANA)


def body(listener, **changes):
    return {"name": "Relay", "url": f"{listener.origin}/hook", "events": ["content.*"]} | changes


def test_a_program_does_with_webhooks_what_an_admin_does(api, listener):
    made = api.post(ADDRESS, body(listener), idempotency_key="one")
    assert made.status_code == 201 and made.json()["secret"].startswith("whsec_")
    assert api.post(ADDRESS, body(listener), idempotency_key="one").json() == made.json()
    one = made.headers["Location"].removeprefix("/v1/")
    assert [found["name"] for found in api.get(ADDRESS).json()["items"]] == ["Relay"]
    assert "secret" not in api.get(one).json()

    changed = api.put(one, body(listener, events=["team.*"]), if_match=api.get(one).headers["ETag"])
    assert changed.json()["events"] == ["team.*"]
    assert api.put(one, body(listener), if_match=made.headers["ETag"]).status_code == 412
    rotated = api.post(f"{one}/rotate-secret", if_match=changed.headers["ETag"]).json()
    assert rotated["secret"] != made.json()["secret"] and rotated["both_secrets_until"]

    listener.status = 500
    sent = api.post(f"{one}/test")
    assert sent.status_code == 202
    sending.send_due()
    (delivery,) = api.get(f"{one}/deliveries").json()["items"]
    assert delivery["delivery_id"] == sent.json()["delivery_id"]
    assert (delivery["state"], delivery["attempts"][0]["status"]) == ("waiting", 500)
    assert api.get(f"{one}/deliveries", {"state": "failed"}).json()["items"] == []
    assert api.post(f"{one}/deliveries/{delivery['delivery_id']}/replay").status_code == 403
    assert api.post(f"{one}/replay-failed", {"hours": 1}).json() == {"sent_again": 0, "has_more": False}
    assert api.post(f"{one}/pause").json()["state"] == "paused"
    assert api.post(f"{one}/resume").json()["state"] == "active"
    assert api.delete(one).status_code == 204 and api.get(one).status_code == 404


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"url": "http://127.0.0.1/"}, 400),
        ({"url": "https://0x7f.1/"}, 400),
        ({"events": []}, 400),
        ({"events": ["*"]}, 400),
        ({"events": "content.*"}, 422),
        ({"secret": "whsec_mine"}, 422),
        ({"name": ""}, 400),
    ],
)
def test_what_cannot_be_is_one_clear_problem(api, listener, changes, status):
    answer = api.post(ADDRESS, body(listener, **changes))
    assert answer.status_code == status and answer.json()["errors"]
    assert api.get(ADDRESS).json()["items"] == []


@pytest.mark.parametrize("person", [VERA, CARL, RITA])
def test_nobody_else_learns_even_what_there_is(api, listener, person):
    one = api.post(ADDRESS, body(listener)).headers["Location"].removeprefix("/v1/")
    theirs = ApiClient(person)
    for method, address, sent in (
        ("GET", ADDRESS, None),
        ("POST", ADDRESS, body(listener)),
        ("GET", one, None),
        ("DELETE", one, None),
        ("POST", f"{one}/test", None),
        ("POST", f"{one}/pause", None),
        ("GET", f"{one}/deliveries", None),
        ("POST", f"{one}/replay-failed", {}),
        ("GET", f"{ADDRESS}/made-up", None),
    ):
        assert theirs.ask(method, address, sent).status_code == 403, address
