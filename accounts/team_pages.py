"""The pages about teams, for Admins: all teams by name, and one with its people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from accounts import audit_list, store
from accounts.about import Fact, facts_about_team
from accounts.enums import TeamRole
from accounts.models import Team, TeamPerson
from accounts.person import Person
from accounts.services.teams import deletion_refusal
from accounts.store import teams
from accounts.store.teams import Roster
from core.errors import Invalid
from core.pages import Action

MOST_CHOSEN = 100
"""People added by one press of a button."""
_HISTORY = 10
_TEAMS_ON_A_PAGE = 20


@dataclass(frozen=True)
class TeamRow:
    team_id: str
    name: str
    people: int
    managers: str


@dataclass(frozen=True)
class Listing:
    rows: Sequence[TeamRow]
    next_cursor: str | None


@dataclass(frozen=True)
class Place:
    """One of the team's people. `other_role` is what she can be made."""

    user_id: str
    name: str
    is_manager: bool
    joined_at: datetime
    other_role: TeamRole


@dataclass(frozen=True)
class TeamPage:
    team: Team
    places: Sequence[Place]
    facts: Sequence[Fact]
    actions: Sequence[Action]
    history: Sequence[audit_list.Row]

    @property
    def has_manager(self) -> bool:
        return any(place.is_manager for place in self.places)


def listing(cursor: str | None) -> Listing:
    """Two requests."""
    page = teams.teams_in_order(cursor, limit=_TEAMS_ON_A_PAGE)
    names = store.names_of(manager for team in page.items for manager in team.manager_ids)
    return Listing([_row(team, names) for team in page.items], page.next_cursor)


def team_page(viewer: Person, team_id: str) -> TeamPage:
    """Four requests, and a fifth for the names of more than a hundred people. Raises NotFound."""
    roster = teams.roster_of(team_id)
    history = store.audit_of_target(f"team:{team_id}", limit=_HISTORY).items
    return TeamPage(
        team=roster.team,
        places=_places(roster),
        facts=facts_about_team(viewer, team_id),
        actions=_actions(roster.team),
        history=audit_list.rows_of(viewer, history),
    )


def chosen_in(user_ids: Sequence[str]) -> list[str]:
    """Raises Invalid for nobody, or for more than are chosen by hand."""
    chosen = list(dict.fromkeys(filter(None, user_ids)))
    if not chosen:
        raise Invalid(gettext("Choose the people first."))
    if len(chosen) > MOST_CHOSEN:
        raise Invalid(gettext("Choose at most %d people at once.") % MOST_CHOSEN)
    return chosen


def teams_of(user_id: str) -> list[tuple[Team, bool]]:
    """Hers by name, and of which she is a manager: two requests."""
    places = {place.team_id: place for place in teams.places_of(user_id)}
    return [(team, places[team.team_id].role == TeamRole.MANAGER) for team in teams.teams_by_ids(places)]


def _row(team: Team, names: Mapping[str, str]) -> TeamRow:
    managers = sorted(audit_list.called(user_id, names) for user_id in team.manager_ids)
    return TeamRow(team.team_id, team.name, int(team.people), ", ".join(managers))


def _places(roster: Roster) -> list[Place]:
    names = store.names_of(roster.by_id)
    places = [_place(one, audit_list.called(one.user_id, names)) for one in roster.people]
    return sorted(places, key=lambda place: (not place.is_manager, place.name.casefold()))


def _place(one: TeamPerson, name: str) -> Place:
    is_manager = one.role == TeamRole.MANAGER
    return Place(one.user_id, name, is_manager, one.joined_at, TeamRole.MEMBER if is_manager else TeamRole.MANAGER)


def _actions(team: Team) -> list[Action]:
    refused = deletion_refusal(team)
    return [
        Action(gettext("Rename"), reverse("accounts:team-rename", args=[team.team_id]), "pencil"),
        Action(
            gettext("Delete the team"),
            reverse("accounts:team-delete", args=[team.team_id]),
            "trash-2",
            "danger quiet",
            gettext(refused) if refused else None,
        ),
    ]
