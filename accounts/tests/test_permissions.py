from __future__ import annotations

import pytest

from accounts.enums import Role
from accounts.permissions import ROLES, Permission, can, require
from accounts.person import Anonymous, Person
from core.errors import Refused

P = Permission
# One row per permission: Viewer, Contributor, Approver, Admin.
TABLE = {
    P.CONTENT_READ: (True, True, True, True),
    P.CONTENT_CREATE: (False, True, True, True),
    P.CONTENT_APPROVE: (False, False, True, True),
    P.CONTENT_READ_ALL: (False, False, False, True),
    P.CONTENT_EDIT_ALL: (False, False, False, True),
    P.CONTENT_APPROVE_OWN: (False, False, False, True),
    P.CONTENT_PURGE: (False, False, False, True),
    P.COURSES_AUTHOR: (False, True, True, True),
    P.COURSES_AUTHOR_ALL: (False, False, True, True),
    P.COURSES_PUBLISH: (False, False, True, True),
    P.LEARNING_ASSIGN: (False, False, True, True),
    P.CERTIFICATES_REVOKE: (False, False, False, True),
    P.METADATA_READ: (True, True, True, True),
    P.METADATA_MANAGE: (False, False, False, True),
    P.PEOPLE_MANAGE: (False, False, False, True),
    P.AUDIT_READ: (False, False, False, True),
    P.JOBS_MANAGE: (False, False, False, True),
    P.ANALYTICS_READ: (False, False, False, True),
    P.WEBHOOKS_MANAGE: (False, False, False, True),
    P.ADMIN_SITE: (False, False, False, True),
}


@pytest.mark.parametrize(
    ("permission", "role", "allowed"),
    [(permission, role, allowed) for permission, row in TABLE.items() for role, allowed in zip(Role, row, strict=True)],
)
def test_role_has_exactly_the_permissions_of_the_table(permission, role, allowed):
    person = Person("u", "Someone", role)

    assert can(person, permission) is allowed
    if allowed:
        require(person, permission)
    else:
        with pytest.raises(Refused):
            require(person, permission)


def test_every_permission_has_a_row_and_every_role_is_described():
    assert set(TABLE) == set(Permission)
    assert set(ROLES) == set(Role)
    assert all(info.title and info.description for info in ROLES.values())


def test_nobody_may_do_anything():
    assert not any(can(Anonymous(), permission) for permission in Permission)


def test_refusal_names_who_may():
    with pytest.raises(Refused, match="Approver or Admin; yours is Contributor"):
        require(Person("u", "Someone", Role.CONTRIBUTOR), P.CONTENT_APPROVE)


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ([], Role.VIEWER),
        (["Admin", "Viewer"], Role.ADMIN),
        (["Contributor", "Approver"], Role.APPROVER),
        (["admin", "us-east-1_x_Google", "Superuser"], Role.VIEWER),
    ],
)
def test_highest_known_group_wins_and_unknown_ones_grant_nothing(groups, role):
    assert Role.highest(groups) is role


def test_django_grants_nothing_but_to_admins():
    assert [Person("u", "S", role).has_perm("anything") for role in Role] == [False, False, False, True]
