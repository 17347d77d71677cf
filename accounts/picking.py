"""People as forms offer them to whoever looks after people: those who can sign in, by name or e-mail address."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accounts.lookup import among
from accounts.models import Team
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.rules import display_name, tidy_email
from accounts.store import teams
from core.aws import user_pool
from core.aws.user_pool import PoolUser, where
from core.names import comparison_key
from core.picker import Choice, Found


@dataclass(frozen=True)
class PeopleSource:
    """Two requests to Cognito, which finds by beginnings alone. Raises Refused for whoever may not see addresses.

    Who is in the team `beside` is not offered.
    """

    person: Person
    beside: str = ""

    @property
    def url(self) -> str:
        return reverse("accounts:pick") + (f"?{urlencode({'beside': self.beside})}" if self.beside else "")

    def found(self, text: str, most: int) -> Found:
        require(self.person, Permission.PEOPLE_MANAGE)
        if not text:
            return Found(more=True)
        name = text.title() if text.islower() else text
        conditions = [where("email", "^=", tidy_email(text)), *([] if "@" in text else [where("name", "^=", name)])]
        pages = [user_pool.users(condition=condition, limit=most) for condition in conditions]
        there = {place.user_id for place in teams.people_of(self.beside)} if self.beside else set()
        found = [user for page in pages for user in page.users if user.enabled]
        users = {user.user_id: user for user in found if user.user_id not in there}
        return Found([_choice_of(user) for user in users.values()][:most], more=any(page.token for page in pages))

    def named(self, values: Sequence[str], kept: Collection[str]) -> Mapping[str, Choice]:
        require(self.person, Permission.PEOPLE_MANAGE)
        return {user.user_id: _choice_of(user) for user in among(values)}


@dataclass(frozen=True)
class TeamSource:
    """Teams by name, in one request for five hundred. Who may choose one is for the form's page to say."""

    url: str

    def found(self, text: str, most: int) -> Found:
        wanted = comparison_key(text)
        matching = [team for team in teams.every_team() if wanted in team.name_key]
        return Found([_choice_of_team(team) for team in matching[:most]], more=len(matching) > most)

    def named(self, values: Sequence[str], kept: Collection[str]) -> Mapping[str, Choice]:
        return {team.team_id: _choice_of_team(team) for team in teams.teams_by_ids(values)}


def _choice_of_team(team: Team) -> Choice:
    return Choice(team.team_id, team.name)


def _choice_of(user: PoolUser) -> Choice:
    return Choice(user.user_id, display_name(user.attributes), user.email)
