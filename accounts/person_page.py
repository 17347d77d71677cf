"""The page of a person, for Admins: her account, what she owns, what can be done, and what was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

from accounts import audit_list, store
from accounts.directory import Colleague, colleague
from accounts.enums import AccountState
from accounts.models import Team
from accounts.people_list import Row, rows_of
from accounts.permissions import ROLES
from accounts.person import Person
from accounts.services.people import reset_refusal
from accounts.team_pages import teams_of
from core.pages import Action

HISTORY = 10


@dataclass(frozen=True)
class PersonPage:
    """`links` are followed, `buttons` pressed: those are done at once. `teams` say whether she manages them."""

    colleague: Colleague
    row: Row
    role_description: str | Promise
    links: Sequence[Action]
    buttons: Sequence[Action]
    teams: Sequence[tuple[Team, bool]]
    history: Sequence[audit_list.Row]


def person_page(viewer: Person, user_id: str) -> PersonPage:
    """Five requests to DynamoDB and two to Cognito. Raises NotFound."""
    found = colleague(user_id)
    (row,) = rows_of(viewer, [found])
    history = store.audit_of_target(f"person:{user_id}", limit=HISTORY).items
    return PersonPage(
        colleague=found,
        row=row,
        role_description=ROLES[found.role].description,
        links=[*_links(viewer, found), *(action for fact in row.facts for action in fact.actions)],
        buttons=_buttons(found),
        teams=teams_of(user_id),
        history=audit_list.rows_of(viewer, history),
    )


def _links(viewer: Person, found: Colleague) -> list[Action]:
    own = viewer.user_id == found.user_id
    role_refused = gettext("You cannot change your own role. Ask another Admin.") if own else None
    links = [Action(gettext("Change role"), _url("person-role", found), "shield", "primary", role_refused)]
    if found.state is not AccountState.DISABLED:
        refused = gettext("You cannot disable your own account. Ask another Admin.") if own else None
        links.append(Action(gettext("Disable the account"), _url("person-disable", found), "ban", "secondary", refused))
    links.append(Action(gettext("Access tokens"), _url("person-tokens", found), "key-round"))
    return links


def _buttons(found: Colleague) -> list[Action]:
    refused = gettext(reset_refusal(found)) if reset_refusal(found) else None
    invited = found.state is AccountState.INVITED
    label = gettext("Send the invitation again") if invited else gettext("Reset the password")
    buttons = [
        Action(gettext("Sign out everywhere"), _url("person-sign-out", found), "log-out"),
        Action(label, _url("person-reset", found), "mail" if invited else "key-round", refused_because=refused),
    ]
    if found.state is AccountState.DISABLED:
        enable = Action(gettext("Enable the account"), _url("person-enable", found), "circle-check", "primary")
        return [enable, *buttons]
    return buttons


def _url(name: str, found: Colleague) -> str:
    return reverse(f"accounts:{name}", args=[found.user_id])
