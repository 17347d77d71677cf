"""People as Cognito knows them, for commands that act in somebody's name."""

from __future__ import annotations

from accounts.enums import Role
from accounts.person import Person
from accounts.rules import display_name
from core.aws import cognito
from core.errors import NotFound


def person_by_email(email: str) -> Person:
    """Raises NotFound when nobody signs in with this address."""
    claims = cognito.user_by_email(email)
    if claims is None:
        raise NotFound(f"Nobody signs in with {email}.")
    return Person(claims["sub"], display_name(claims), Role.highest(claims["cognito:groups"]))
