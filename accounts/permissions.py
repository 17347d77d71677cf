"""Who may do what: the one table of roles and permissions.

Code asks for a permission, never for a role. What depends on a particular thing as well (an author and her own draft)
stands beside that noun, in its app's `permissions.py`, and asks here first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from accounts.enums import Role
from accounts.person import Person
from core.errors import Refused


class Permission(StrEnum):
    CONTENT_READ = "content.read"
    CONTENT_CREATE = "content.create"
    CONTENT_APPROVE = "content.approve"
    CONTENT_READ_ALL = "content.read_all"
    CONTENT_EDIT_ALL = "content.edit_all"
    CONTENT_APPROVE_OWN = "content.approve_own"
    CONTENT_PURGE = "content.purge"
    COURSES_AUTHOR = "courses.author"
    COURSES_AUTHOR_ALL = "courses.author_all"
    COURSES_PUBLISH = "courses.publish"
    LEARNING_ASSIGN = "learning.assign"
    CERTIFICATES_REVOKE = "certificates.revoke"
    METADATA_READ = "metadata.read"
    METADATA_MANAGE = "metadata.manage"
    PEOPLE_MANAGE = "people.manage"
    AUDIT_READ = "audit.read"
    JOBS_MANAGE = "jobs.manage"
    WEBHOOKS_MANAGE = "webhooks.manage"
    ANALYTICS_READ = "analytics.read"
    ADMIN_SITE = "admin.site"


@dataclass(frozen=True)
class RoleInfo:
    title: str
    description: str
    permissions: frozenset[Permission]


P = Permission
_VIEWER = frozenset({P.CONTENT_READ, P.METADATA_READ})
_CONTRIBUTOR = _VIEWER | {P.CONTENT_CREATE, P.COURSES_AUTHOR}
_APPROVER = _CONTRIBUTOR | {
    P.CONTENT_APPROVE,
    P.COURSES_AUTHOR_ALL,
    P.COURSES_PUBLISH,
    P.LEARNING_ASSIGN,
}
_ADMIN = frozenset(Permission)

ROLES: dict[Role, RoleInfo] = {
    Role.VIEWER: RoleInfo("Viewer", "Finds, reads and downloads what has been approved, and takes courses.", _VIEWER),
    Role.CONTRIBUTOR: RoleInfo(
        "Contributor",
        "Also creates items and courses, keeps their own up to date and submits them for review.",
        _CONTRIBUTOR,
    ),
    Role.APPROVER: RoleInfo(
        "Approver",
        "Also reviews what others submit, approves and retires items, publishes courses and assigns them.",
        _APPROVER,
    ),
    Role.ADMIN: RoleInfo(
        "Admin", "Also sees and edits everything, and looks after people, metadata and the audit log.", _ADMIN
    ),
}


def has(role: Role | None, permission: Permission) -> bool:
    return role is not None and permission in ROLES[role].permissions


def can(person: Person, permission: Permission) -> bool:
    return has(person.role, permission)


def require(person: Person, permission: Permission) -> None:
    """Raises Refused, with the roles that would be allowed."""
    if not can(person, permission):
        allowed = [info.title for info in ROLES.values() if permission in info.permissions]
        raise Refused(f"This needs the role {' or '.join(allowed)}; yours is {ROLES[person.role].title}.")
