"""The people of the Cognito user pool, as Admins look after them. Their e-mail addresses are kept nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from core.aws.clients import client
from core.aws.errors import code_of, translated
from core.errors import Invalid, NotFound, Refused

PAGE_SIZE = 20
KNOWN_AS = "preferred_username"
"""Where Cognito keeps, for who came with a restored portal, the id that she has there. Nobody may write it herself."""
_PERSON = "person:"
_NOT_ACCEPTED = {"InvalidParameterException", "UnsupportedUserStateException"}


def person_id(attributes: Mapping[str, Any]) -> str:
    """How the portal calls her: her `sub`, unless she came with a restored portal, which knows her by an older one.

    `attributes` are those of her account or the claims of a token.
    """
    known_as = str(attributes.get(KNOWN_AS) or "")
    return known_as.removeprefix(_PERSON) if known_as.startswith(_PERSON) else str(attributes.get("sub") or "")


def known_as(user_id: str) -> str:
    """What `KNOWN_AS` says of an account that stands for this person."""
    return _PERSON + user_id


@dataclass(frozen=True)
class PoolUser:
    """`username` is how Cognito calls her, `user_id` how everybody else does."""

    username: str
    attributes: Mapping[str, str]
    enabled: bool
    status: str
    created_at: datetime | None = None

    @property
    def user_id(self) -> str:
        return person_id(self.attributes)

    @property
    def email(self) -> str:
        return self.attributes.get("email", "")


@dataclass(frozen=True)
class UserPage:
    """`token` leads to the next page; Cognito may give one although nothing follows, and pages that are not full."""

    users: list[PoolUser]
    token: str | None = None


def where(attribute: str, operator: str, value: str) -> str:
    """A filter of Cognito's: `operator` is `=` or `^=` (begins with), and there is only ever one condition."""
    quoted = value.replace("\\", "").replace('"', "")
    return f'{attribute} {operator} "{quoted}"'


def users(*, condition: str = "", token: str | None = None, limit: int = PAGE_SIZE) -> UserPage:
    wanted: dict[str, Any] = {"Limit": limit}
    if condition:
        wanted["Filter"] = condition
    if token:
        wanted["PaginationToken"] = token
    answer = _ask("list_users", **wanted)
    return UserPage([_user(found) for found in answer["Users"]], answer.get("PaginationToken"))


def users_in_group(group: str, *, token: str | None = None, limit: int = PAGE_SIZE) -> UserPage:
    wanted: dict[str, Any] = {"GroupName": group, "Limit": limit}
    if token:
        wanted["NextToken"] = token
    answer = _ask("list_users_in_group", **wanted)
    return UserPage([_user(found) for found in answer["Users"]], answer.get("NextToken"))


def everyone_in_group(group: str) -> Iterator[PoolUser]:
    page = users_in_group(group, limit=60)
    yield from page.users
    while page.token:
        page = users_in_group(group, token=page.token, limit=60)
        yield from page.users


def user_by_id(user_id: str) -> PoolUser:
    """Raises NotFound. Not `AdminGetUser`: that one does not know the `sub` of people who come from Google."""
    for condition in (where("sub", "=", user_id), where(KNOWN_AS, "=", known_as(user_id))):
        for user in users(condition=condition, limit=1).users:
            if user.user_id == user_id:
                return user
    raise NotFound


def user_by_email(email: str) -> PoolUser | None:
    found = users(condition=where("email", "=", email), limit=1).users
    return found[0] if found else None


def groups_of(username: str) -> list[str]:
    return [group["GroupName"] for group in _ask("admin_list_groups_for_user", Username=username)["Groups"]]


def create(*, email: str, name: str) -> PoolUser:
    """Cognito writes to her with a first password. Raises Invalid when she has an account already."""
    attributes = {"email": email, "email_verified": "true"} | ({"name": name} if name else {})
    answer = _ask(
        "admin_create_user",
        Username=email,
        DesiredDeliveryMediums=["EMAIL"],
        UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()],
    )
    return _user(answer["User"])


def invite_again(user: PoolUser) -> None:
    """Where people sign in with their address, Cognito wants it here too: to this call alone her `sub` is no name."""
    name = user.email if user.username == user.attributes.get("sub") else user.username
    _ask("admin_create_user", Username=name, MessageAction="RESEND", DesiredDeliveryMediums=["EMAIL"])


def put_in_group(username: str, group: str) -> None:
    _ask("admin_add_user_to_group", Username=username, GroupName=group)


def take_out_of_group(username: str, group: str) -> None:
    _ask("admin_remove_user_from_group", Username=username, GroupName=group)


def enable(username: str) -> None:
    _ask("admin_enable_user", Username=username)


def disable(username: str) -> None:
    _ask("admin_disable_user", Username=username)


def sign_out(username: str) -> None:
    """Ends every refresh token of hers."""
    _ask("admin_user_global_sign_out", Username=username)


def reset_password(username: str) -> None:
    """Cognito sends her a code with which she chooses a new one."""
    _ask("admin_reset_user_password", Username=username)


def _ask(operation: str, **wanted: Any) -> dict[str, Any]:
    with _in_our_words():
        answer: dict[str, Any] = getattr(client("cognito-idp"), operation)(
            UserPoolId=settings.COGNITO_USER_POOL_ID, **wanted
        )
    return answer


@contextmanager
def _in_our_words() -> Iterator[None]:
    """What Cognito refuses for the sake of the input is the Admin's to know; all else is as everywhere."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        code = code_of(error)
        if code == "UsernameExistsException":
            raise Invalid(fields={"email": "Somebody signs in with this address already."}) from error
        if code == "NotAuthorizedException":
            raise Refused("Cognito does not allow this for an account in this state.") from error
        if code in _NOT_ACCEPTED:
            raise Invalid("Cognito did not accept this. Check the address, or start again from the list.") from error
        with translated():
            raise


def _user(found: Mapping[str, Any]) -> PoolUser:
    attributes = {attribute["Name"]: attribute["Value"] for attribute in found["Attributes"]}
    return PoolUser(
        username=found["Username"],
        attributes=attributes,
        enabled=bool(found.get("Enabled", True)),
        status=str(found.get("UserStatus", "")),
        created_at=found.get("UserCreateDate"),
    )
