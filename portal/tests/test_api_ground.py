"""What all routes of `/v1` have in common, seen on the simplest of them."""

from __future__ import annotations

import hmac
import json

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from jwt.utils import base64url_encode
from ninja.constants import NOT_SET
from openapi_spec_validator import validate

from accounts.enums import Role
from accounts.tokens import id_tokens, standing
from core import clock
from core.api.portal_api import PortalAPI
from core.api.testing import KEY_ID, ApiClient, claims_for, id_token, key_set, signing_key
from core.testing import ANA, CARL, VERA, sign_in
from portal.api import api


@pytest.fixture(autouse=True)
def cognito_keys(monkeypatch):
    id_tokens.keys.cache_clear()
    monkeypatch.setattr("jwt.PyJWKClient.fetch_data", lambda _: key_set())
    standing.memory.clear()
    yield
    standing.memory.clear()
    id_tokens.keys.cache_clear()


def _refused(answer, status: int, code: str) -> dict:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    document = json.loads(answer.content)
    assert (document["status"], document["code"]) == (status, code)
    assert document["request_id"] == answer.headers["X-Request-ID"]
    assert document["detail"]
    return document


def test_a_person_is_told_who_she_is(cloud):
    answer = ApiClient(CARL).get("me")
    assert answer.status_code == 200
    assert json.loads(answer.content)["role"] == "Contributor"
    assert int(answer.headers["RateLimit-Remaining"]) < int(answer.headers["RateLimit-Limit"])


def test_the_session_of_a_page_opens_nothing_here(cloud):
    client = sign_in(Client(), ANA)
    _refused(client.get("/v1/me"), 401, "unauthenticated")


def _hs256_with_the_public_key() -> str:
    public = signing_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "kid": KEY_ID, "typ": "JWT"}, claims_for(ANA))]
    said = b".".join(map(base64url_encode, parts))
    return (said + b"." + base64url_encode(hmac.digest(public, said, "sha256"))).decode()


def _signed(name: str, kid: str = KEY_ID) -> str:
    return jwt.encode(claims_for(ANA), signing_key(name), algorithm="RS256", headers={"kid": kid})


BAD_TOKENS = {
    "alg none": lambda: jwt.encode(claims_for(ANA), None, algorithm="none", headers={"kid": KEY_ID}),
    "hs256 with the public key": _hs256_with_the_public_key,
    "another issuer": lambda: id_token(ANA, iss="https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other"),
    "another audience": lambda: id_token(ANA, aud="another-client"),
    "several audiences": lambda: id_token(ANA, aud=["testing-client", "another-client"]),
    "an access token of Cognito": lambda: id_token(ANA, token_use="access"),
    "expired": lambda: id_token(ANA, exp=int(clock.now().timestamp()) - 60),
    "not yet valid": lambda: id_token(ANA, nbf=int(clock.now().timestamp()) + 600),
    "issued in the future": lambda: id_token(ANA, iat=int(clock.now().timestamp()) + 600),
    "without an end": lambda: id_token(ANA, exp=None),
    "without a subject": lambda: id_token(ANA, sub=None),
    "another pool's key under our name": lambda: _signed("another"),
    "a key that nobody knows": lambda: _signed("another", "unknown"),
    "8 KB of groups": lambda: id_token(ANA, **{"cognito:groups": ["Group-" + "x" * 100] * 80}),
    "groups that are no list": lambda: id_token(ANA, **{"cognito:groups": "Admin"}),
    "not a token": lambda: "x.y.z",
    "half of one": lambda: id_token(ANA).rsplit(".", 1)[0],
}


@pytest.mark.parametrize("name", BAD_TOKENS)
def test_a_token_that_does_not_hold_is_refused(cloud, name):
    answer = ApiClient(token=BAD_TOKENS[name]()).get("me")
    _refused(answer, 401, "unauthenticated")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_another_address_than_the_organisations_is_refused(cloud):
    _refused(ApiClient(token=id_token(ANA, email="ana@elsewhere.example")).get("me"), 403, "refused")


def test_the_lower_of_the_two_roles_counts(cloud):
    ApiClient(VERA)
    answer = ApiClient(token=id_token(VERA, **{"cognito:groups": ["Admin"]})).get("me")
    assert json.loads(answer.content)["role"] == Role.VIEWER
    ApiClient(ANA)
    answer = ApiClient(token=id_token(ANA, **{"cognito:groups": None})).get("me")
    assert json.loads(answer.content)["role"] == Role.VIEWER


def test_an_unknown_address_and_an_unknown_method_are_problems(cloud):
    _refused(ApiClient(CARL).get("no/such/thing"), 404, "not_found")
    answer = ApiClient(CARL).ask("DELETE", "me")
    _refused(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_head_and_options_are_answered(cloud):
    api = ApiClient(CARL)
    assert api.ask("HEAD", "me").status_code == 200
    answer = api.ask("OPTIONS", "me")
    assert (answer.status_code, answer.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_what_has_not_changed_is_not_sent_again(cloud):
    api = ApiClient(CARL)
    etag = api.get("me").headers["ETag"]
    answer = api.get("me", if_none_match=etag)
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)


def test_developers_headers_count_only_where_they_are_switched_on(cloud, settings):
    headers = {"x-dev-user-id": "dev", "x-dev-role": "Admin"}
    assert Client().get("/v1/me", headers=headers).status_code == 401
    settings.API_DEV_HEADERS = True
    assert Client().get("/v1/me", headers=headers).status_code == 401
    settings.DEBUG = True
    assert Client().get("/v1/me", headers=headers).json()["role"] == "Admin"


def test_who_asks_too_often_is_told_when_to_come_back(cloud, settings):
    settings.RATE_LIMIT = "2/minute"
    api = ApiClient(CARL)
    assert [api.get("me").status_code for _ in range(3)] == [200, 200, 429]
    answer = api.get("me")
    _refused(answer, 429, "too_many")
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["RateLimit-Remaining"] == "0"


def test_an_address_that_guesses_tokens_is_stopped(cloud, settings):
    settings.RATE_LIMIT_SIGN_IN = "2/minute"
    api = ApiClient(token="x.y.z")
    assert [api.get("me").status_code for _ in range(3)] == [401, 401, 429]


def test_the_document_is_openapi_3_1(cloud):
    document = Client().get("/v1/openapi.json").json()
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert "401" in document["paths"]["/v1/me"]["get"]["responses"]


def test_other_pages_of_the_web_are_let_in_by_name(cloud, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://tools.example"]
    asked = {"Origin": "https://tools.example", "Access-Control-Request-Method": "GET"}
    answer = Client().options("/v1/me", headers=asked)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://tools.example"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    answer = Client().options("/v1/me", headers=asked | {"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_route_that_does_not_say_what_scope_it_needs_cannot_exist():
    for auth in (NOT_SET, None, [lambda _request: VERA]):
        open_api = PortalAPI(urls_namespace="open")
        open_api.get("/open", auth=auth)(lambda request: "")  # noqa: ARG005
        with pytest.raises(ImproperlyConfigured, match="without a scope"):
            open_api.urls  # noqa: B018


def test_the_document_says_what_scope_each_operation_needs():
    said = {
        name: path["get"].get("security") for name, path in api.get_openapi_schema()["paths"].items() if "get" in path
    }
    assert said["/v1/me"] == [{"Bearer": ["profile:read"]}]
    assert said["/v1/content/{content_id}"] == [{"Bearer": ["content:read"]}]
