"""People: the accounts of the user pool. Their passwords stay where they are: Cognito tells them to nobody."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from core.aws import operator
from core.aws.user_pool import KNOWN_AS, known_as, person_id, where
from core.errors import Invalid, NotFound, PortalError, Refused
from portal.backup import lines
from portal.backup.journal import Journal
from portal.backup.lines import Written
from portal.backup.places import Layout
from portal.backup.telling import Tell

_NOT_HERS = {"sub", "identities", KNOWN_AS}
_FROM_ELSEWHERE, _INVITED = "EXTERNAL_PROVIDER", {"FORCE_CHANGE_PASSWORD", "UNCONFIRMED"}
_PAGE = 60


@dataclass(frozen=True)
class Left:
    """Somebody whose account could not be made, by her line in the export: the terminal need not have her address."""

    line: int
    why: str


def read(journal: Journal, tell: Tell) -> None:
    """Page by page; where Cognito no longer knows how far it was, from the beginning, which changes nothing."""
    for operation, note, user_key in _lists(journal):
        token = journal.note(f"people:{note}") or ""
        while token is not None:
            page, token = _page(operation, token, user_key)
            journal.put_rows(_rows(page, user_key.get("GroupName", "")))
            journal.put_note(f"people:{note}", token)
            if not user_key:
                tell(len(page))


def write(layout: Layout, journal: Journal) -> Written:
    return lines.write(layout.people, (_line(journal, account) for _, account in journal.rows("user:")))


def check_pool(layout: Layout) -> None:
    """Raises Refused for a pool in which people could say themselves who they are."""
    if not layout.people.stat().st_size:
        return
    client = _ask("describe_user_pool_client", ClientId=settings.COGNITO_USER_POOL_CLIENT_ID)["UserPoolClient"]
    if KNOWN_AS in client.get("WriteAttributes", [KNOWN_AS]):
        raise Refused(
            f"In this user pool people could be let to write their own {KNOWN_AS}, by which the portal knows who has "
            "been restored. Set the WriteAttributes of the portal's client without it first."
        )


def put_back(layout: Layout, journal: Journal, tell: Tell) -> list[Left]:
    left: list[Left] = []
    for number, line in enumerate(lines.read(layout.people), 1):
        person = json.loads(line)
        note = f"person:{person['user_id']}"
        if not journal.note(note):
            try:
                _put_person(person)
            except (Invalid, NotFound, Refused) as error:
                left.append(Left(number, error.message))
            else:
                journal.put_note(note, True)
        tell(1)
    return left


def standing() -> int:
    return sum(len(page) for page in _everybody())


def _lists(journal: Journal) -> Iterator[tuple[str, str, dict[str, str]]]:
    """What is asked, under which name it is noted, and of which group."""
    yield "list_users", "all", {}
    token: dict[str, str] = {}
    while True:
        found = _ask("list_groups", Limit=_PAGE, **token)
        for group in found["Groups"]:
            yield "list_users_in_group", f"in {group['GroupName']}", {"GroupName": group["GroupName"]}
        if not found.get("NextToken"):
            return
        token = {"NextToken": found["NextToken"]}


def _page(operation: str, token: str, of: Mapping[str, str]) -> tuple[list[dict[str, Any]], str | None]:
    name = "NextToken" if of else "PaginationToken"
    try:
        found = _ask(operation, Limit=_PAGE, **of, **({name: token} if token else {}))
    except Invalid:
        if not token:
            raise
        return _page(operation, "", of)  # a token lives for an hour
    return found["Users"], found.get(name)


def _rows(users: list[dict[str, Any]], group: str) -> Iterator[tuple[str, str]]:
    for user in users:
        if group:
            yield f"group:{user['Username']}\0{group}", ""
        else:
            yield f"user:{person_id(_attributes(user))}", json.dumps(user, default=str)


def _line(journal: Journal, account: str) -> str:
    user = json.loads(account)
    attributes = _attributes(user)
    identities = json.loads(attributes.get("identities") or "[]")
    return lines.line_of(
        {
            "user_id": person_id(attributes),
            "attributes": {name: value for name, value in attributes.items() if name not in _NOT_HERS},
            "enabled": bool(user.get("Enabled", True)),
            "invited": user.get("UserStatus") in _INVITED,
            "groups": [group for group, _ in journal.rows(f"group:{user['Username']}\0")],
            "identities": sorted([one["providerName"], str(one["userId"])] for one in identities),
        }
    )


def _put_person(person: Mapping[str, Any]) -> None:
    """Each step looks at what is there, so it can be repeated."""
    attributes = person["attributes"]
    if not attributes.get("email"):
        raise Invalid("An account without an e-mail address cannot be made anew.")
    user = _found(person) or _made(attributes)
    username = user["Username"]
    _make_known(user, person["user_id"])
    for group in person["groups"]:
        _put_in_group(username, group)
    if not person["invited"] and user.get("UserStatus") in _INVITED:
        _ask("admin_set_user_password", Username=username, Password=_nobodys_password(), Permanent=True)
    if user.get("UserStatus") != _FROM_ELSEWHERE:
        for provider, identity in person["identities"]:
            _link(username, provider, identity, _attributes(user))
    if not person["enabled"]:
        _ask("admin_disable_user", Username=username)


def _found(person: Mapping[str, Any]) -> dict[str, Any] | None:
    """Her account, where this pool has one. Raises Refused where she has signed in to it as somebody new."""
    found = _ask("list_users", Filter=where("email", "=", person["attributes"]["email"]), Limit=_PAGE)["Users"]
    for user in found:
        if person_id(_attributes(user)) == person["user_id"]:
            return dict(user)
    for user in found:
        if user.get("UserStatus") == _FROM_ELSEWHERE:
            raise Refused("She has signed in to this user pool already. Delete that account, then repeat this.")
        return dict(user)
    return None


def _made(attributes: Mapping[str, str]) -> dict[str, Any]:
    """Nobody is written to."""
    told = [{"Name": name, "Value": value} for name, value in attributes.items()]
    answer = _ask("admin_create_user", Username=attributes["email"], MessageAction="SUPPRESS", UserAttributes=told)
    return dict(answer["User"])


def _make_known(user: Mapping[str, Any], user_id: str) -> None:
    """By the id that all her records name."""
    attributes = _attributes(user)
    if person_id(attributes) == user_id:
        return
    if attributes.get(KNOWN_AS, "").startswith(known_as("")):
        raise Refused("Her address belongs to somebody else in this user pool.")
    told = [{"Name": KNOWN_AS, "Value": known_as(user_id)}]
    _ask("admin_update_user_attributes", Username=user["Username"], UserAttributes=told)


def _put_in_group(username: str, group: str) -> None:
    try:
        _ask("admin_add_user_to_group", Username=username, GroupName=group)
    except NotFound:
        _ask("create_group", GroupName=group)
        _ask("admin_add_user_to_group", Username=username, GroupName=group)


def _link(username: str, provider: str, identity: str, attributes: Mapping[str, str]) -> None:
    """When she signs in there next, she comes to this account instead of a new one."""
    linked = json.loads(attributes.get("identities") or "[]")
    if [provider, identity] in [[one["providerName"], str(one["userId"])] for one in linked]:
        return
    try:
        _ask(
            "admin_link_provider_for_user",
            DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": username},
            SourceUser={
                "ProviderName": provider,
                "ProviderAttributeName": "Cognito_Subject",
                "ProviderAttributeValue": identity,
            },
        )
    except PortalError as error:
        raise Invalid(f"She signs in with {provider}, and that could not be linked. {error.message}") from error


def _nobodys_password() -> str:
    """Told to nobody: she chooses a new one with “Forgot your password?”."""
    return f"{secrets.token_urlsafe(32)}-aA1"


def _attributes(user: Mapping[str, Any]) -> dict[str, str]:
    return {one["Name"]: one["Value"] for one in user.get("Attributes", ())}


def _everybody() -> Iterator[list[dict[str, Any]]]:
    token: str | None = ""
    while token is not None:
        page, token = _page("list_users", token, {})
        yield page


def _ask(operation: str, **wanted: Any) -> dict[str, Any]:
    return operator.ask("cognito-idp", operation, UserPoolId=settings.COGNITO_USER_POOL_ID, **wanted)
