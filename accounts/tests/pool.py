"""A user pool in this process, with people of every role who have accounts in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from accounts.enums import Role
from accounts.person import Person
from core.testing import CAST


class Pool:
    """`pool["ana"]` is the Ana of the cast, with the id that the pool gave her."""

    def __init__(self, cognito: Any) -> None:
        self.cognito = cognito
        made = cognito.create_user_pool(
            PoolName="people", UsernameAttributes=["email"], AutoVerifiedAttributes=["email"]
        )
        self.pool_id = str(made["UserPool"]["Id"])
        for role in Role:
            cognito.create_group(UserPoolId=self.pool_id, GroupName=role.value)
        self._people = {one.first_name.lower(): self.add(one) for one in CAST}

    def __getitem__(self, name: str) -> Person:
        return self._people[name]

    def add(self, person: Person, *, invited: bool = False, group: bool = True) -> Person:
        address = f"{person.name.lower().replace(' ', '.')}@gravyty.com"
        attributes = {"email": address, "email_verified": "true", "name": person.name}
        user = self.ask(
            "admin_create_user",
            Username=address,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
        )["User"]
        sub = next(entry["Value"] for entry in user["Attributes"] if entry["Name"] == "sub")
        if not invited:
            self.ask("admin_set_user_password", Username=sub, Password="A-long-Enough-1", Permanent=True)
        if group:
            self.ask("admin_add_user_to_group", Username=sub, GroupName=person.role.value)
        return replace(person, user_id=sub)

    def groups(self, person: Person) -> set[str]:
        groups = self.ask("admin_list_groups_for_user", Username=person.user_id)["Groups"]
        return {group["GroupName"] for group in groups}

    def account(self, person: Person) -> dict[str, Any]:
        return self.ask("admin_get_user", Username=person.user_id)

    def ask(self, operation: str, **wanted: Any) -> dict[str, Any]:
        answer: dict[str, Any] = getattr(self.cognito, operation)(UserPoolId=self.pool_id, **wanted)
        return answer
