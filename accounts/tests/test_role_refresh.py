from __future__ import annotations

import time

import pytest
from django.conf import settings

from accounts import store
from accounts.access import keep_role_current
from accounts.enums import Role
from accounts.sealing import digest
from accounts.sessions import SessionStore, memory
from accounts.signed_in import person_of, put_person
from core.aws import cognito
from core.errors import Refused, Unavailable
from core.testing import RITA

PREFERENCES = "/accounts/preferences/"


@pytest.fixture
def asked(monkeypatch):
    """What was asked of Cognito; `asked.answer` is what it says."""

    class Asked(list):
        answer = cognito.Renewed({"email": "rita@gravyty.com", "cognito:groups": ["Viewer"]})

    calls = Asked()

    def renew(refresh_token):
        calls.append(refresh_token)
        if isinstance(calls.answer, Exception):
            raise calls.answer
        return calls.answer

    monkeypatch.setattr(cognito, "renew", renew)
    return calls


def signed_in(client, *, seconds_ago):
    session = SessionStore()
    put_person(session, RITA, refresh_token="refresh-1")
    session["role_checked_at"] = int(time.time()) - seconds_ago
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return session.session_key


def test_young_role_is_believed(cloud, client, asked):
    signed_in(client, seconds_ago=200)

    assert client.get(PREFERENCES).status_code == 200
    assert asked == []


def test_demotion_in_cognito_bites_on_the_next_request_after_five_minutes(cloud, client, asked):
    key = signed_in(client, seconds_ago=301)

    response = client.get(PREFERENCES)

    assert response.wsgi_request.user.role is Role.VIEWER
    memory.clear()
    assert person_of(SessionStore(key)).role is Role.VIEWER
    client.get(PREFERENCES)
    assert asked == ["refresh-1"]


def test_what_another_process_has_renewed_is_not_renewed_with_the_old_token(cloud, client, asked):
    key = signed_in(client, seconds_ago=301)
    old = store.session_by_key(digest(key))
    there = SessionStore(key)
    there["role_checked_at"], there["refresh_token"] = int(time.time()), "refresh-2"
    there.save()
    memory.put(old)  # as this process still knows it

    assert client.get(PREFERENCES).status_code == 200
    assert asked == []
    assert SessionStore(key)["refresh_token"] == "refresh-2"


def test_a_session_that_another_process_has_ended_is_not_renewed(cloud, client, asked):
    key = signed_in(client, seconds_ago=301)
    old = store.session_by_key(digest(key))
    store.delete_session(digest(key))
    memory.put(old)

    assert client.get(PREFERENCES).headers["Location"].startswith("/accounts/login/")
    assert asked == []


def test_promotion_arrives_as_well(cloud, client, asked):
    asked.answer = cognito.Renewed({"email": "rita@gravyty.com", "cognito:groups": ["Approver", "Admin"]})
    signed_in(client, seconds_ago=301)

    assert client.get(PREFERENCES).wsgi_request.user.role is Role.ADMIN


def test_rotated_refresh_token_is_kept(cloud, client, asked):
    asked.answer = cognito.Renewed({"email": "rita@gravyty.com"}, refresh_token="refresh-2")
    key = signed_in(client, seconds_ago=301)
    client.get(PREFERENCES)

    assert SessionStore(key)["refresh_token"] == "refresh-2"


@pytest.mark.parametrize(
    "answer",
    [Refused(), cognito.Renewed({"email": "rita@elsewhere.example", "cognito:groups": ["Admin"]})],
    ids=["disabled or signed out everywhere", "moved to another domain"],
)
def test_ended_sign_in_ends_the_session_with_a_word(cloud, client, asked, answer):
    asked.answer = answer
    key = signed_in(client, seconds_ago=301)

    response = client.get(PREFERENCES, follow=True)

    assert response.redirect_chain[0][0].startswith("/accounts/login/?next=")
    assert "You have been signed out" in response.text
    assert not SessionStore(key).get("name")


def test_silent_cognito_is_borne_for_fifteen_minutes(cloud, client, asked):
    asked.answer = Unavailable()
    signed_in(client, seconds_ago=800)

    assert client.get(PREFERENCES).status_code == 200


def test_silent_cognito_is_not_borne_for_longer_and_nothing_is_lost(cloud, client, asked):
    asked.answer = Unavailable()
    key = signed_in(client, seconds_ago=901)

    assert client.get(PREFERENCES).status_code == 503
    assert SessionStore(key)["name"] == RITA.name


def test_nobody_waits_twice_for_a_silent_cognito(cloud, client, asked):
    asked.answer = Unavailable()
    signed_in(client, seconds_ago=400)
    client.get(PREFERENCES)
    client.get(PREFERENCES)

    assert len(asked) == 1


def test_session_without_a_refresh_token_ends_when_its_role_is_due(cloud, asked):
    session = SessionStore()
    put_person(session, RITA)
    session["role_checked_at"] = int(time.time()) - 301

    with pytest.raises(Refused):
        keep_role_current(session)


def test_second_request_does_not_ask_while_the_first_one_does(cloud, monkeypatch):
    session = SessionStore()
    put_person(session, RITA, refresh_token="refresh-1")
    session["role_checked_at"] = int(time.time()) - 301
    asked = []

    def renew(refresh_token):
        asked.append(refresh_token)
        if len(asked) == 1:
            keep_role_current(session)  # another request of hers, meanwhile
        return cognito.Renewed({"email": "rita@gravyty.com"})

    monkeypatch.setattr(cognito, "renew", renew)
    keep_role_current(session)

    assert len(asked) == 1
