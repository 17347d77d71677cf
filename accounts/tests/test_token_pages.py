from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts import services as people
from accounts import token_pages
from accounts.services import tokens
from accounts.store import tokens as store
from core.api.testing import ApiClient, settle
from core.aws import metering
from core.testing import ANA, CARL, RITA, VERA, sign_in


def _client(person) -> Client:
    return sign_in(Client(), person)


def _form(client: Client, **changes) -> dict:
    page = client.get("/accounts/tokens/").content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    return {"ticket": ticket, "name": "CI", "scopes": ["profile:read"], "days": "30"} | changes


def test_a_token_is_shown_once_and_opens_the_api(cloud):
    settle(CARL)
    client = _client(CARL)
    answer = client.post("/accounts/tokens/", form := _form(client))
    (secret,) = re.findall(r'value="(ep_[^"]+)"', answer.content.decode())
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert ApiClient(token=secret).get("me").json()["user_id"] == CARL.user_id
    assert ApiClient(token=secret).get("content").json()["code"] == "scope_missing"

    again = client.post("/accounts/tokens/", form)
    assert again.status_code == 409 and "made already" in again.content.decode()
    assert "ep_" not in client.get("/accounts/tokens/").content.decode().replace("ep_…", "")
    assert len(store.tokens_of(CARL.user_id)) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "required"),
        ({"scopes": []}, "required"),
        ({"scopes": ["admin:write"]}, "not one of the available"),
        ({"days": "9999"}, "not one of the available"),
        ({"ticket": "made-up"}, "too old"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(cloud, changes, said):
    client = _client(VERA)
    answer = client.post("/accounts/tokens/", _form(client, **changes))
    assert answer.status_code == 400 and said in answer.content.decode()
    assert store.tokens_of(VERA.user_id) == []


def test_only_what_a_role_has_is_offered(cloud):
    for person, offered in ((VERA, False), (CARL, True)):
        assert (b'value="content:write"' in _client(person).get("/accounts/tokens/").content) is offered


def test_an_admin_sees_everybodys_and_revokes_them(cloud):
    people.ensure_profile(by=CARL)
    made = tokens.create(name="Robot <b>", scopes=["content:read"], days=7, by=CARL).token
    assert "Robot &lt;b&gt;" in sign_in(Client(), ANA).get("/manage/audit/?action=token.created").text
    client = _client(ANA)
    page = client.get("/manage/tokens/").content.decode()
    assert "Robot &lt;b&gt;" in page and "Carl Contributor" in page
    assert made.digest not in page

    sent = client.post(f"/accounts/tokens/{made.token_id}/revoke/")
    assert sent.headers["Location"] == f"/manage/users/{CARL.user_id}/tokens/"
    assert "Robot" not in client.get("/manage/tokens/").content.decode()
    assert _client(RITA).post(f"/accounts/tokens/{made.token_id}/revoke/").status_code == 404


def test_lists_take_few_requests(cloud):
    people.ensure_profile(by=CARL)
    for _ in range(3):
        tokens.create(name="x", scopes=["content:read"], days=7, by=CARL)
    for read, most in ((lambda: token_pages.own(CARL.user_id), 1), (lambda: token_pages.of_everybody(None), 2)):
        meter = metering.start()
        assert len(read().rows) == 3
        assert meter.calls <= most
