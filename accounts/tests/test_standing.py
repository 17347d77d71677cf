"""What is known of whoever comes with a token: asked of Cognito, remembered for a while, ended at once."""

from __future__ import annotations

from datetime import timedelta

import jwt
import pytest
from django.test import RequestFactory

from accounts.enums import Role
from accounts.services import people, sessions
from accounts.tokens import id_tokens, standing
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core import clock
from core.api.errors import Unauthenticated
from core.api.testing import id_token, key_set, signing_key
from core.testing import VERA


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    """`fetched` counts how often Cognito was asked for its keys."""
    fetched: list[object] = []

    def fetch(_client):
        fetched.append(None)
        return key_set()

    monkeypatch.setattr("jwt.PyJWKClient.fetch_data", fetch)
    id_tokens.keys.cache_clear()
    standing.memory.clear()
    yield fetched
    standing.memory.clear()
    id_tokens.keys.cache_clear()


def _asks(person, method="GET", **claims):
    token = id_token(person, **claims)
    return Bearer(Area.PROFILE)(
        RequestFactory().generic(method, "/v1/me", headers={"Authorization": f"Bearer {token}"})
    )


def test_what_an_admin_takes_away_bites_on_the_next_write(pool):
    rita, ana = pool["rita"], pool["ana"]
    assert _asks(rita).role is Role.APPROVER

    people.change_role(user_id=rita.user_id, role=Role.VIEWER, by=ana)

    assert _asks(rita, "POST").role is Role.VIEWER


def test_tokens_of_before_she_was_signed_out_open_nothing(pool):
    rita, ana = pool["rita"], pool["ana"]
    assert _asks(rita)

    sessions.forget_sessions(rita.user_id)

    with pytest.raises(Unauthenticated, match="signed out"):
        _asks(rita)
    later = int((clock.now() + timedelta(seconds=5)).timestamp())
    assert _asks(rita, iat=later).user_id == rita.user_id
    assert ana


def test_a_disabled_account_opens_nothing_until_it_is_enabled(pool):
    rita, ana = pool["rita"], pool["ana"]
    assert _asks(rita)
    later = int((clock.now() + timedelta(seconds=5)).timestamp())

    people.disable(user_id=rita.user_id, by=ana)
    with pytest.raises(Unauthenticated, match="disabled"):
        _asks(rita, iat=later)

    people.enable(user_id=rita.user_id, by=ana)
    assert _asks(rita, iat=later)


def test_nobody_comes_in_whom_cognito_does_not_know(pool):
    with pytest.raises(Unauthenticated, match="any more"):
        _asks(VERA)


def test_an_unknown_key_is_looked_for_once_in_a_while(pool, nothing_remembered):
    rita = pool["rita"]
    assert _asks(rita)
    before = len(nothing_remembered)
    claims = jwt.decode(id_token(rita), options={"verify_signature": False})
    foreign = jwt.encode(claims, signing_key("another"), algorithm="RS256", headers={"kid": "unknown"})
    for _time in range(3):
        with pytest.raises(Unauthenticated):
            id_tokens.claims_of(foreign)
    assert len(nothing_remembered) == before + 1
