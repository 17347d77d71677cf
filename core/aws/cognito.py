"""What the portal asks of Cognito on behalf of a signed-in person: her tokens anew, and their end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jwt
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from core.aws.clients import client
from core.aws.errors import code_of, translated
from core.errors import Refused

_ENDED = {"NotAuthorizedException", "UserNotFoundException", "RefreshTokenReuseException"}


@dataclass(frozen=True)
class Renewed:
    """`refresh_token` is a new one where the pool rotates them, else empty."""

    claims: dict[str, Any]
    refresh_token: str = ""


def renew(refresh_token: str) -> Renewed:
    """The person's claims as they are now, her groups included.

    Raises Refused when her sign-in was ended or her account disabled, Unavailable when Cognito does not answer.
    """
    # Not the token endpoint: a local one leaves the groups out.
    try:
        answer = client("cognito-idp").get_tokens_from_refresh_token(RefreshToken=refresh_token, **_app())
    except (ClientError, BotoCoreError) as error:
        if code_of(error) in _ENDED:
            raise Refused("You have been signed out. Sign in again to go on.") from error
        with translated():
            raise
    tokens = answer["AuthenticationResult"]
    # It came straight from Cognito over a verified connection, so its signature says nothing new.
    claims = jwt.decode(tokens["IdToken"], options={"verify_signature": False})
    return Renewed(claims, tokens.get("RefreshToken", ""))


def revoke(refresh_token: str) -> None:
    """Ends what was issued with this token, on every device that shares it."""
    with translated():
        client("cognito-idp").revoke_token(Token=refresh_token, **_app())


def _app() -> dict[str, str]:
    names = {"ClientId": settings.COGNITO_USER_POOL_CLIENT_ID}
    if settings.COGNITO_USER_POOL_CLIENT_SECRET:
        names["ClientSecret"] = settings.COGNITO_USER_POOL_CLIENT_SECRET
    return names
