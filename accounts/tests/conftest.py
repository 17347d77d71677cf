from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.tests.pool import Pool

ISSUER = "https://cognito.example/pool"
CALLBACK = "/accounts/oidc/cognito/login/callback/"


def id_token(**claims: Any) -> str:
    now = int(time.time())
    standard = {
        "sub": "sub-new",
        "email": "nadia@gravyty.com",
        "name": "Nadia New",
        "iss": ISSUER,
        "aud": "testing-client",
        "token_use": "id",
        "iat": now,
        "exp": now + 3600,
    }
    return jwt.encode(standard | claims, "a key for tests that is long enough for HMAC", algorithm="HS256")


@pytest.fixture
def cognito_sign_in(cloud, monkeypatch) -> Callable[..., HttpResponse]:
    """`cognito_sign_in(client, to="/", **claims)` goes to Cognito and comes back as the person of the claims."""
    config = {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/authorize",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/jwks",
    }
    monkeypatch.setattr("accounts.cognito.provider.CognitoOAuth2Adapter.openid_config", config)

    def sign_in(client: Client, *, to: str = "", **claims: Any) -> HttpResponse:
        tokens = {"access_token": "access", "refresh_token": "refresh-1", "id_token": id_token(**claims)}
        monkeypatch.setattr(
            "allauth.socialaccount.providers.oauth2.client.OAuth2Client.get_access_token",
            lambda *_, **__: tokens,
        )
        leaving = client.post("/accounts/login/", {"next": to})
        state = parse_qs(urlsplit(leaving.headers["Location"]).query)["state"][0]
        return client.get(CALLBACK, {"code": "a-code", "state": state})

    return sign_in


@pytest.fixture(autouse=True)
def cognito_answers(monkeypatch):
    """A test in which Cognito did not answer leaves nobody else waiting."""
    monkeypatch.setattr("accounts.access._ask_again_at", 0.0)


@pytest.fixture
def pool(cloud, settings) -> Pool:
    made = Pool(cloud("cognito-idp"))
    settings.COGNITO_USER_POOL_ID = made.pool_id
    return made
