"""Who may sign in, what she is called, and how long what Cognito said is believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from accounts.enums import AccountState, Role

ROLE_CHECK_SECONDS = 5 * 60
ROLE_GRACE_SECONDS = 15 * 60


class RoleAge(StrEnum):
    FRESH = "fresh"
    DUE = "due"
    TOO_OLD = "too_old"


def role_age(checked_at: float, now: float) -> RoleAge:
    """Both in seconds. A role that is due may still be used when Cognito does not answer, one too old may not."""
    age = now - checked_at
    if age < ROLE_CHECK_SECONDS:
        return RoleAge.FRESH
    return RoleAge.DUE if age < ROLE_GRACE_SECONDS else RoleAge.TOO_OLD


def email_is_allowed(email: str, domains: Iterable[str]) -> bool:
    """No domains means that nobody may: forgetting to set them must not open the door."""
    name, _, domain = email.strip().partition("@")
    return bool(name) and domain.casefold() in {allowed.casefold() for allowed in domains}


def display_name(claims: Mapping[str, Any]) -> str:
    """Her name as Cognito knows it, else something readable made of what stands before the @."""
    full = str(claims.get("name") or " ".join(filter(None, (claims.get("given_name"), claims.get("family_name")))))
    if not full.strip():
        full = str(claims.get("email", "")).partition("@")[0].replace(".", " ").replace("_", " ").title()
    return " ".join(full.split())[:120] or "Somebody"


def put_first(item: str, items: Iterable[str], *, at_most: int) -> list[str]:
    """Newest first, each once, the oldest dropped."""
    return [item, *(other for other in items if other != item)][:at_most]


def tidy_email(email: str) -> str:
    """As it is kept and compared. Cognito itself tells upper from lower case in some of its questions."""
    return email.strip().casefold()


def account_state(enabled: bool, status: str) -> AccountState:
    """`status` is Cognito's `UserStatus`."""
    if not enabled:
        return AccountState.DISABLED
    if status in ("FORCE_CHANGE_PASSWORD", "UNCONFIRMED"):
        return AccountState.INVITED
    return AccountState.RESETTING if status == "RESET_REQUIRED" else AccountState.ACTIVE


def lower_of(one: Role, other: Role) -> Role:
    return min(one, other, key=list(Role).index)


def may_give(own: Role, role: Role) -> bool:
    """Nobody raises anybody above herself."""
    order = list(Role)
    return order.index(role) <= order.index(own)
