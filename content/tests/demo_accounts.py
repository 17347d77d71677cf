"""The five accounts of the demo, for its tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from content.demo import seeding

_GROUPS = {"contributor": "Contributor", "approver": "Approver", "admin": "Admin"}


@pytest.fixture
def accounts(cloud: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """In a user pool of this test's own."""
    cognito = cloud("cognito-idp")
    pool = cognito.create_user_pool(PoolName="demo")["UserPool"]["Id"]
    monkeypatch.setattr(settings, "COGNITO_USER_POOL_ID", pool)
    for name in seeding.PEOPLE:
        email = f"{name}@{seeding.DOMAIN}"
        attributes = [{"Name": "email", "Value": email}, {"Name": "name", "Value": name.title()}]
        cognito.admin_create_user(UserPoolId=pool, Username=email, UserAttributes=attributes)
        if group := _GROUPS.get(name):
            cognito.create_group(UserPoolId=pool, GroupName=group)
            cognito.admin_add_user_to_group(UserPoolId=pool, Username=email, GroupName=group)
