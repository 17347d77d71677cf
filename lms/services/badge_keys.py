"""The key that badges are signed with, and the public ones by which everybody can check them.

RS256, because it is the one algorithm that every verifier of Open Badges has to know. The private key is a parameter;
the public keys of those that were used before it stay published, so that what they signed can be checked for ever.
"""

from __future__ import annotations

import functools
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from jwt.algorithms import RSAAlgorithm

from core.aws.parameters import parameter
from core.errors import NotFound
from lms.printed import absolute

_PEM = "-----BEGIN"

Jwk = dict[str, Any]


@dataclass(frozen=True)
class SigningKey:
    private: RSAPrivateKey
    thumbprint: str
    public: Jwk


def is_set() -> bool:
    """False where no key was made yet: then there are no badges."""
    return parameter(settings.BADGE_SIGNING_KEY_PARAMETER).startswith(_PEM)


def sign(claims: dict[str, Any]) -> str:
    """A compact JWS. Raises NotFound where no key was made."""
    key = _current()
    headers = {"kid": address_of(key.thumbprint), "typ": "JWT"}
    return jwt.encode(claims, key.private, algorithm="RS256", headers=headers)


def published() -> list[Jwk]:
    """The present key first, then the ones before it."""
    retired = json.loads(parameter(settings.BADGE_RETIRED_KEYS_PARAMETER) or '{"keys": []}')["keys"]
    return [_current().public, *({**key, **_described(thumbprint_of(key))} for key in retired)]


def published_key(thumbprint: str) -> Jwk:
    """Raises NotFound."""
    address = address_of(thumbprint)
    found = next((key for key in published() if key["kid"] == address), None)
    if found is None:
        raise NotFound()
    return found


def address_of(thumbprint: str) -> str:
    return absolute("certificates:key", thumbprint)


def thumbprint_of(key: Jwk) -> str:
    """RFC 7638."""
    told = json.dumps({name: key[name] for name in ("e", "kty", "n")}, separators=(",", ":"), sort_keys=True)
    return urlsafe_b64encode(sha256(told.encode()).digest()).decode().rstrip("=")


def _current() -> SigningKey:
    pem = parameter(settings.BADGE_SIGNING_KEY_PARAMETER)
    if not pem.startswith(_PEM):
        raise NotFound()
    return _opened(pem)


@functools.lru_cache(maxsize=2)
def _opened(pem: str) -> SigningKey:
    private = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError("The signing key of badges has to be an RSA key.")
    public = json.loads(RSAAlgorithm.to_jwk(private.public_key()))
    thumbprint = thumbprint_of(public)
    kept = {name: public[name] for name in ("kty", "n", "e")}
    return SigningKey(private, thumbprint, {**kept, **_described(thumbprint)})


def _described(thumbprint: str) -> Jwk:
    return {"kid": address_of(thumbprint), "use": "sig", "alg": "RS256"}
