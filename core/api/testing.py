"""How a test asks the API as one of the cast: with an ID token that the test's own key has signed."""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.test import Client

from accounts.models import StandingRecord
from accounts.person import Person
from core.aws import metering
from core.aws.records import Put, find, write

KEY_ID = "testing-key"
_NEVER_DUE = datetime(2999, 1, 1, tzinfo=UTC)


@functools.cache
def signing_key(name: str = KEY_ID) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_set() -> dict[str, Any]:
    """What Cognito would give under `/.well-known/jwks.json`."""
    key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(signing_key().public_key()))
    return {"keys": [key | {"kid": KEY_ID, "use": "sig", "alg": "RS256"}]}


def claims_for(person: Person, **changes: Any) -> dict[str, Any]:
    now = int(time.time())
    claims = {
        "sub": person.user_id,
        "name": person.name,
        "email": f"{person.first_name.lower()}@gravyty.com",
        "cognito:groups": [person.role.value],
        "iss": settings.COGNITO_ISSUER,
        "aud": settings.COGNITO_USER_POOL_CLIENT_ID,
        "token_use": "id",
        "iat": now,
        "exp": now + 3600,
    }
    return {name: value for name, value in (claims | changes).items() if value is not None}


def id_token(person: Person, **changes: Any) -> str:
    return jwt.encode(claims_for(person, **changes), signing_key(), algorithm="RS256", headers={"kid": KEY_ID})


def settle(person: Person) -> None:
    """Cognito was asked about her a moment ago, and says what the cast says. No Cognito is needed then."""
    key = f"standing:{person.user_id}"
    if find(StandingRecord, key) is None:
        standing = StandingRecord(key, role=person.role.value, enabled=True, checked_at=_NEVER_DUE, ttl=_NEVER_DUE)
        write(Put(standing), audit=())


class ApiClient:
    """`ApiClient(CARL).post("content", {"title": …})`: addresses are those below `/v1/`."""

    def __init__(self, person: Person | None = None, token: str = "") -> None:
        if person and not token:
            settle(person)
        self.client = Client(raise_request_exception=False)
        self.token = token or (id_token(person) if person else "")

    def get(self, address: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(f"/v1/{address}", query or {}, headers=self._headers(headers))

    def post(self, address: str, body: Any = None, **headers: str) -> Any:
        return self.ask("POST", address, body, **headers)

    def patch(self, address: str, body: Any = None, **headers: str) -> Any:
        return self.ask("PATCH", address, body, **headers)

    def put(self, address: str, body: Any = None, **headers: str) -> Any:
        return self.ask("PUT", address, body, **headers)

    def delete(self, address: str, **headers: str) -> Any:
        return self.ask("DELETE", address, None, **headers)

    def ask(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        raw = body if isinstance(body, bytes | str) else json.dumps(body) if body is not None else ""
        return self.client.generic(
            method, f"/v1/{address}", raw, content_type="application/json", headers=self._headers(headers)
        )

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        """Names with `_` for `-`: `if_match="…"`."""
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | named


def requests_of(api: ApiClient, address: str) -> int:
    """What a read costs in DynamoDB once the process has warmed up."""
    assert api.get(address).status_code == 200
    return cost_of(lambda: api.get(address))


def cost_of(ask: Callable[[], Any]) -> int:
    """In requests to DynamoDB; asking who asks is not counted."""
    meter = metering.start()
    assert ask().status_code < 300
    return meter.calls - sum(count for table, count in meter.by_table.items() if "session" in table)
