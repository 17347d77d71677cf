from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """Names of the Cognito groups, lowest first: the highest of a person's groups wins."""

    VIEWER = "Viewer"
    CONTRIBUTOR = "Contributor"
    APPROVER = "Approver"
    ADMIN = "Admin"

    @classmethod
    def highest(cls, groups: Iterable[str]) -> Role:
        """Unknown groups grant nothing; none at all means Viewer."""
        known = [role for role in cls if role in set(groups)]
        return known[-1] if known else cls.VIEWER


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ListView(StrEnum):
    ROWS = "rows"
    CARDS = "cards"


class AuditResult(StrEnum):
    """Failed: allowed and begun, but Cognito did not do it. The same entry as allowed stands before it."""

    ALLOWED = "allowed"
    DENIED = "denied"
    FAILED = "failed"


class TeamRole(StrEnum):
    """A manager looks after the members, and is not one of them."""

    MEMBER = "member"
    MANAGER = "manager"


class AccountState(StrEnum):
    ACTIVE = "active"
    INVITED = "invited"
    RESETTING = "resetting"
    DISABLED = "disabled"
