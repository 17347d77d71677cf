"""Who asks: the one place where a request of a program becomes a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from accounts import store as people
from accounts.enums import Role
from accounts.models import ApiToken
from accounts.person import Person
from accounts.rules import display_name, email_is_allowed, lower_of
from accounts.services.tokens import is_open, memory, note_use
from accounts.store.tokens import find_token
from accounts.tokens import scopes, secrets
from accounts.tokens.id_tokens import claims_of
from accounts.tokens.memory import Memory
from accounts.tokens.scopes import SCOPES, Area
from accounts.tokens.standing import Standing, standing_of
from core import context
from core.api.errors import Unauthenticated
from core.aws.records import can_be_key
from core.aws.user_pool import person_id
from core.errors import Refused

_SAFE = {"GET", "HEAD", "OPTIONS"}
names: Memory[str] = Memory()
"""What people are called, who come with nothing that says so."""


@dataclass(frozen=True)
class Caller:
    """`scopes` are an access token's; a person's own ID token has none that bound it."""

    person: Person
    scopes: Collection[str] | None = None


class Bearer(HttpBearer):
    """`Bearer(Area.CONTENT)` stands before the routes of an area; `fresh` where a read hands something out."""

    openapi_description = "A Cognito ID token, or an access token made in the portal at `/accounts/tokens/` (`ep_…`)."

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
        writes = request.method not in _SAFE
        caller = _caller(token, fresh=writes or self.fresh)
        if caller.scopes is not None:
            scopes.check(caller.scopes, self.area, writes=writes)
        return caller.person


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


def _caller(token: str, *, fresh: bool) -> Caller:
    if token.startswith(secrets.PREFIX):
        return _by_access_token(token, fresh)
    return Caller(_by_id_token(token, fresh))


def _by_access_token(secret: str, fresh: bool) -> Caller:
    token = _access_token(secret, fresh)
    if token is None or token.revoked_at:
        raise Unauthenticated("There is no such access token, or it was revoked.", "invalid_token")
    if not is_open(token):
        raise Unauthenticated("This access token has expired. Make a new one.", "invalid_token")
    standing = standing_of(token.user_id, fresh=fresh)
    _admit(standing)
    note_use(token)
    return Caller(Person(token.user_id, _name_of(token.user_id), standing.role), frozenset(token.scopes))


def _access_token(secret: str, fresh: bool) -> ApiToken | None:
    token_id = secrets.token_id_in(secret)
    remembered = None if fresh else memory.get(token_id)
    found = remembered or (find_token(token_id, fresh=fresh) if token_id else None)
    if found is None or not secrets.is_of(secret, found.digest):
        return None
    memory.put(token_id, found)
    return found


def _name_of(user_id: str) -> str:
    name = names.get(user_id)
    if name is None:
        name = people.names_of([user_id]).get(user_id, "")
        names.put(user_id, name)
    return name


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
