from __future__ import annotations

import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.urls import get_resolver

from accounts import store
from accounts.enums import Role
from accounts.sessions import SessionStore
from accounts.signed_in import person_of
from accounts.tests.conftest import CALLBACK
from core.testing import CARL, as_htmx, sign_in

PREFERENCES = "/accounts/preferences/"


def session_of(client):
    return SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)


def test_sign_in_goes_to_cognito_with_state_and_pkce(cognito_sign_in, client):
    leaving = client.post("/accounts/login/")
    query = parse_qs(urlsplit(leaving.headers["Location"]).query)

    assert leaving.status_code == 302
    assert query["client_id"] == ["testing-client"]
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == [f"http://testserver{CALLBACK}"]
    assert len(query["state"][0]) >= 16
    assert "identity_provider" not in query


def test_google_is_asked_directly_when_it_is_configured(cognito_sign_in, client, settings):
    settings.COGNITO_IDENTITY_PROVIDER = "Google"

    leaving = client.post("/accounts/login/")

    assert parse_qs(urlsplit(leaving.headers["Location"]).query)["identity_provider"] == ["Google"]


def test_person_comes_back_signed_in_with_her_highest_role(cognito_sign_in, client):
    response = cognito_sign_in(client, to=PREFERENCES, **{"cognito:groups": ["Contributor", "Approver", "pool_Google"]})

    assert (response.status_code, response.headers["Location"]) == (302, PREFERENCES)
    person = person_of(session_of(client))
    assert (person.user_id, person.name, person.role) == ("sub-new", "Nadia New", Role.APPROVER)
    assert store.profile_of("sub-new").display_name == "Nadia New"
    assert client.get(PREFERENCES).status_code == 200


def test_without_groups_she_is_a_viewer(cognito_sign_in, client):
    cognito_sign_in(client)

    assert person_of(session_of(client)).role is Role.VIEWER


def test_session_key_from_before_the_sign_in_opens_nothing(cognito_sign_in, client):
    client.post("/accounts/login/")
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    cognito_sign_in(client)

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert not SessionStore(before).get("name")


def test_form_token_from_before_the_sign_in_is_replaced(cognito_sign_in, client):
    client.get("/accounts/login/")
    before = client.cookies[settings.CSRF_COOKIE_NAME].value
    cognito_sign_in(client)

    assert client.cookies[settings.CSRF_COOKIE_NAME].value != before


def test_address_of_another_domain_is_refused_whatever_cognito_says(cognito_sign_in, client):
    response = cognito_sign_in(client, email="nadia@elsewhere.example", **{"cognito:groups": ["Admin"]})

    assert response.status_code == 403
    assert "gravyty.com" in response.text
    assert "elsewhere" not in response.text
    assert client.get(PREFERENCES).status_code == 302
    assert store.profile_of("sub-new") is None


def test_email_is_neither_in_the_session_nor_in_a_table_nor_in_the_log(cognito_sign_in, client, caplog):
    caplog.set_level(logging.DEBUG)
    cognito_sign_in(client)

    assert "nadia@" not in str(dict(session_of(client).items()))
    assert "nadia@" not in str(store.profile_of("sub-new").attribute_values)
    ours = [record for record in caplog.records if not record.name.startswith(("botocore", "urllib3", "pynamodb"))]
    assert not any("nadia" in str(record.__dict__).lower() for record in ours)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_after_sign_in_nobody_is_sent_elsewhere(cognito_sign_in, client, elsewhere):
    response = cognito_sign_in(client, to=elsewhere)

    assert response.status_code == 302
    assert "evil" not in response.headers["Location"]
    assert "javascript" not in response.headers["Location"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 401),
        ({"code": "x"}, 401),
        ({"code": "x", "state": "not-ours"}, 401),
        ({"error": "server_error", "state": "not-ours"}, 401),
    ],
)
def test_broken_callback_is_a_friendly_page_and_no_session(cognito_sign_in, client, query, status):
    response = client.get(CALLBACK, query)

    assert response.status_code == status
    assert "Sign in again" in response.text
    assert client.get(PREFERENCES).status_code == 302


def test_cancelled_sign_in_says_so(cognito_sign_in, client):
    leaving = client.post("/accounts/login/")
    state = parse_qs(urlsplit(leaving.headers["Location"]).query)["state"][0]

    response = client.get(CALLBACK, {"error": "access_denied", "state": state})

    assert response.status_code == 200
    assert "Sign-in cancelled" in response.text


def test_callback_can_not_be_replayed(cognito_sign_in, client):
    leaving = client.post("/accounts/login/")
    state = parse_qs(urlsplit(leaving.headers["Location"]).query)["state"][0]
    cognito_sign_in(client)

    assert client.get(CALLBACK, {"code": "a-code", "state": state}).status_code == 401


def test_sign_out_ends_the_session_the_token_and_cognitos_own(cognito_sign_in, client, settings, monkeypatch):
    settings.COGNITO_LOGOUT_URL = "https://login.example/logout"
    revoked = []
    monkeypatch.setattr("core.aws.cognito.revoke", revoked.append)
    cognito_sign_in(client)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value

    response = client.post("/accounts/logout/")

    query = parse_qs(urlsplit(response.headers["Location"]).query)
    assert response.headers["Location"].startswith("https://login.example/logout?")
    assert query == {"client_id": ["testing-client"], "logout_uri": ["http://testserver/accounts/login/"]}
    assert revoked == ["refresh-1"]
    assert not SessionStore(key).get("name")
    assert client.get(PREFERENCES).status_code == 302


def test_signing_out_by_a_link_is_not_possible(cloud, client):
    sign_in(client, CARL)

    assert client.get("/accounts/logout/").status_code == 405
    assert client.get(PREFERENCES).status_code == 200


def test_signed_in_person_is_not_asked_again(cloud, client):
    sign_in(client, CARL)

    response = client.get("/accounts/login/", {"next": PREFERENCES})

    assert response.headers["Location"] == PREFERENCES


def test_signed_out_person_is_led_to_sign_in_and_back(cloud, client):
    response = client.get(PREFERENCES)

    assert response.headers["Location"] == f"/accounts/login/?next={PREFERENCES}"


def test_over_htmx_the_whole_browser_goes_to_sign_in(cloud, client):
    current = {"HX-Current-URL": "http://testserver/content/?q=1"}
    response = client.get(PREFERENCES, headers=as_htmx(**current))

    assert response.headers["HX-Redirect"].startswith("/accounts/login/?next=")
    assert "Location" not in response.headers


def test_demo_accounts_are_listed_locally_and_nowhere_else(cloud, client, settings):
    assert "ae@gravyty.com" in client.get("/accounts/login/").text

    settings.PORTAL_LOCAL = False
    page = client.get("/accounts/login/").text
    assert "ae@gravyty.com" not in page
    assert "Enablement-1" not in page


def test_allauth_shows_nothing_but_the_callback():
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]

    assert [name for name in names if name.startswith(("account_", "socialaccount_", "openid"))] == [
        "openid_connect_callback"
    ]


def test_session_that_ends_during_a_request_does_not_come_back(cloud, client):
    sign_in(client, CARL)
    session = session_of(client)
    session["late"] = True
    session_of(client).delete()

    with pytest.raises(UpdateError):
        session.save()
