"""Who asks: the one place where a request of a program becomes a person."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from accounts.enums import Role
from accounts.person import Person
from accounts.rules import display_name, email_is_allowed, lower_of
from accounts.tokens import scopes
from accounts.tokens.id_tokens import claims_of
from accounts.tokens.scopes import SCOPES, Area
from accounts.tokens.standing import Standing, standing_of
from core import context
from core.api.errors import Unauthenticated
from core.aws.records import can_be_key
from core.aws.user_pool import person_id
from core.errors import Refused

_SAFE = {"GET", "HEAD", "OPTIONS"}


class Bearer(HttpBearer):
    """`Bearer(Area.CONTENT)` stands before the routes of an area; `fresh` where a read hands something out."""

    openapi_description = "A Cognito ID token."

    def __init__(self, area: Area, *, fresh: bool = False) -> None:
        self.area, self.fresh = area, fresh
        super().__init__()

    def scope_for(self, method: str) -> str:
        """Raises KeyError for what is never done in this area."""
        return SCOPES[scopes.name_of(self.area, writes=method not in _SAFE)].name

    def __call__(self, request: HttpRequest) -> Person:
        token = _token_of(request)
        person = self.authenticate(request, token) if token else _developer(request)
        request.user = person  # type: ignore[assignment]
        context.visit.set(context.Visit("api", person.role.value))
        return person

    def authenticate(self, request: HttpRequest, token: str) -> Person:
        return _by_id_token(token, fresh=self.fresh or request.method not in _SAFE)


def _token_of(request: HttpRequest) -> str:
    """Empty where none was sent. Raises Unauthenticated for anything else than a Bearer's."""
    given = request.headers.get("Authorization", "")
    scheme, _, token = given.partition(" ")
    if given and (scheme.casefold() != "bearer" or not token.strip()):
        raise Unauthenticated
    return token.strip()


def _developer(request: HttpRequest) -> Person:
    """Headers that stand in for a token on a developer's own machine; settings refuse them anywhere else."""
    user_id, role = request.headers.get("x-dev-user-id", ""), request.headers.get("x-dev-role", Role.VIEWER.value)
    if not (settings.API_DEV_HEADERS and settings.DEBUG and user_id and can_be_key(user_id)):
        raise Unauthenticated
    if role not in set(Role):
        raise Unauthenticated(f"“x-dev-role” is one of {', '.join(Role)}.", "invalid_token")
    return Person(user_id, f"Developer {user_id}"[:120], Role(role))


def _by_id_token(token: str, fresh: bool) -> Person:
    claims = claims_of(token)
    if not email_is_allowed(str(claims.get("email", "")), settings.ALLOWED_EMAIL_DOMAINS):
        raise Refused("Only people with an address of the organisation may use the portal.")
    groups = claims.get("cognito:groups") or ()
    user_id = person_id(claims)
    if not can_be_key(user_id) or not isinstance(groups, list | tuple):
        raise Unauthenticated("This token does not say who you are.", "invalid_token")
    standing = standing_of(user_id, fresh=fresh)
    issued_at = datetime.fromtimestamp(claims["iat"], UTC)
    _admit(standing)
    if standing.signed_out_at and issued_at < standing.signed_out_at:
        raise Unauthenticated("You were signed out. Sign in again for a new token.", "invalid_token")
    role = lower_of(Role.highest([str(group) for group in groups]), standing.role)
    return Person(user_id, display_name(claims), role)


def _admit(standing: Standing) -> None:
    if not standing.enabled:
        raise Unauthenticated("This account is disabled. Ask an Admin.", "invalid_token")
