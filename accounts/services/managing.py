"""Whose progress somebody sees: that of the members of teams that she manages. Admins see every team's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.enums import TeamRole
from accounts.models import Profile, Team, TeamPerson
from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.store import teams as rows
from core.aws.records import BaseRecord
from core.aws.together import Together, read_together
from core.errors import NotFound


def managed_by(person: Person) -> list[Team]:
    """Hers, by name: two requests. The index behind it may be a moment late."""
    managed = [place.team_id for place in rows.places_of(person.user_id) if place.role == TeamRole.MANAGER]
    return rows.teams_by_ids(managed)


def members_of(team_id: str, viewer: Person) -> list[str]:
    """In one request, and as it is now. Raises NotFound for who may not see them: no team, as far as she knows."""
    places = rows.people_of(team_id)
    managers = {place.user_id for place in places if place.role == TeamRole.MANAGER}
    if viewer.user_id not in managers and not can(viewer, Permission.PEOPLE_MANAGE):
        raise NotFound
    return [place.user_id for place in places if place.role == TeamRole.MEMBER]


def team_and_member(team_id: str, user_id: str, viewer: Person) -> tuple[Team, str]:
    """The team, and what the member is called: one request. Raises NotFound, as above."""
    own, hers = (team_id, viewer.user_id), (team_id, user_id)
    wanted: Mapping[type[BaseRecord], Sequence[Any]] = {
        TeamPerson: [own, hers],
        Team: [rows.head_key(team_id)],
        Profile: [user_id],
    }
    found = read_together(wanted, consistent=True)
    manager, member = found.get(TeamPerson, own), found.get(TeamPerson, hers)
    team = found.get(Team, rows.head_key(team_id))
    manages = manager is not None and manager.role == TeamRole.MANAGER
    if team is None or not (manages or can(viewer, Permission.PEOPLE_MANAGE)):
        raise NotFound
    if member is None or member.role != TeamRole.MEMBER:
        raise NotFound
    return team, _name_in(found, user_id)


def _name_in(found: Together, user_id: str) -> str:
    profile = found.get(Profile, user_id)
    return profile.display_name if profile else ""
