"""Cognito's ID tokens, checked in full: who signed them, for whom, when, and who is meant."""

from __future__ import annotations

import functools
import logging
from typing import Any

import jwt
from django.conf import settings
from jwt import PyJWKClient, PyJWKClientConnectionError, PyJWKClientError

from core.api.errors import Unauthenticated
from core.errors import Unavailable

logger = logging.getLogger(__name__)

MAX_LENGTH = 8000
"""Of a token: with more groups than that somebody plays a game."""
LEEWAY_SECONDS = 30
_KEYS_LIVE_SECONDS, _UNKNOWN_KEY_SECONDS, _TIMEOUT_SECONDS = 6 * 60 * 60, 30, 3
_REQUIRED = ["exp", "iat", "iss", "aud", "sub", "token_use"]


def claims_of(token: str) -> dict[str, Any]:
    """Raises Unauthenticated, which says what is wrong with it; Unavailable when its key cannot be fetched."""
    if len(token) > MAX_LENGTH:
        raise Unauthenticated("This token is too long.", "invalid_token")
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_of(token),
            algorithms=["RS256"],
            audience=settings.COGNITO_USER_POOL_CLIENT_ID,
            issuer=settings.COGNITO_ISSUER,
            leeway=LEEWAY_SECONDS,
            options={"require": _REQUIRED, "strict_aud": True},
        )
    except jwt.ExpiredSignatureError as error:
        raise Unauthenticated("This token has expired. Sign in again for a new one.", "invalid_token") from error
    except jwt.PyJWTError as error:
        raise _refused(error) from error
    if claims["token_use"] != "id":  # noqa: S105
        raise Unauthenticated("Send the ID token; this is another one.", "invalid_token")
    return claims


def _key_of(token: str) -> Any:
    """Of Cognito's keys the one that the token names: an unknown one makes us ask Cognito, twice a minute at most."""
    header = jwt.get_unverified_header(token)
    if header.get("alg") != "RS256" or not isinstance(header.get("kid"), str):
        raise jwt.InvalidAlgorithmError("another algorithm, or no key named")
    try:
        return keys().get_signing_key(header["kid"]).key
    except PyJWKClientConnectionError as error:
        raise Unavailable("Cognito does not give its keys right now. Try again in a moment.") from error
    except PyJWKClientError as error:
        raise jwt.InvalidKeyError("no such key") from error


@functools.cache
def keys() -> PyJWKClient:
    return PyJWKClient(
        f"{settings.COGNITO_ISSUER_URL}/.well-known/jwks.json",
        lifespan=_KEYS_LIVE_SECONDS,
        timeout=_TIMEOUT_SECONDS,
        cooldown_duration=_UNKNOWN_KEY_SECONDS,
    )


def _refused(error: Exception) -> Unauthenticated:
    logger.info("token refused", extra={"error_type": type(error).__name__})
    return Unauthenticated("This token was not issued by our Cognito for this portal, or was changed.", "invalid_token")
