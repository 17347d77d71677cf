"""Reads and writes of teams, each by key or index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from accounts.enums import TeamRole
from accounts.models import AuditEntry, Team, TeamName, TeamPerson
from core import clock
from core.aws.records import Delete, Put, can_be_key, find, get, get_many, query, write
from core.aws.together import read_together
from core.names import comparison_key
from core.paging import Page

MOST_PEOPLE = 200
"""In a team: few enough for one query, and for the question what all of them are doing."""
MOST_TEAMS_OF_ONE = 100
REGISTER = "teams"
"""Under which all of them stand by name."""
_HEAD, _NAME = "~team", "~name"


@dataclass(frozen=True)
class Roster:
    team: Team
    people: Sequence[TeamPerson]

    @property
    def by_id(self) -> Mapping[str, TeamPerson]:
        return {one.user_id: one for one in self.people}

    @property
    def member_ids(self) -> list[str]:
        """Those who learn with it; managers look after them."""
        return [one.user_id for one in self.people if one.role == TeamRole.MEMBER]


def new_team(team_id: str, name: str) -> Team:
    now = clock.now()
    return Team(
        team_id, _HEAD, register=REGISTER, name=name, name_key=comparison_key(name), created_at=now, updated_at=now
    )


def team_by_id(team_id: str, *, fresh: bool = False) -> Team:
    """Raises NotFound."""
    return get(Team, team_id, _HEAD, consistent=fresh)


def find_team(team_id: str, *, fresh: bool = False) -> Team | None:
    return find(Team, team_id, _HEAD, consistent=fresh)


def teams_by_ids(team_ids: Iterable[str]) -> list[Team]:
    """By name, in one BatchGet per hundred; missing ones are left out."""
    found = get_many(Team, [(team_id, _HEAD) for team_id in team_ids if team_id])
    return sorted(found, key=lambda team: team.name_key)


def people_of(team_id: str) -> list[TeamPerson]:
    """All of its people, as they are at this moment, in one query; none for a team that is not there."""
    if not can_be_key(team_id):
        return []
    found = query(TeamPerson, team_id, scope=f"team:{team_id}", limit=2 * MOST_PEOPLE, consistent=True).items
    return [one for one in found if one.user_id != _HEAD]


def places_in(team_id: str) -> Mapping[str, TeamRole]:
    """Who is what in it, now."""
    return {one.user_id: TeamRole(one.role) for one in people_of(team_id)}


def roster_of(team_id: str) -> Roster:
    """The same with the team itself. Raises NotFound."""
    return Roster(team_by_id(team_id, fresh=True), people_of(team_id))


def head_key(team_id: str) -> tuple[str, str]:
    """Of a `Team`, for `read_together`."""
    return team_id, _HEAD


def teams_in_order(cursor: str | None = None, *, limit: int = 20) -> Page[Team]:
    """By name."""
    return query(Team.by_name, REGISTER, scope="teams", cursor=cursor, limit=limit)


def every_team() -> Iterator[Team]:
    """For choosing from them all, and for jobs."""
    cursor = None
    while True:
        page = teams_in_order(cursor, limit=500)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def team_with_name(name: str) -> Team | None:
    held = find(TeamName, _name_id(comparison_key(name)), _NAME, consistent=True)
    return find_team(held.held_by, fresh=True) if held else None


def places_of(user_id: str) -> list[TeamPerson]:
    """Her places in teams. The index behind it may be a moment late."""
    return list(query(TeamPerson.by_person, user_id, scope="teams-of", limit=MOST_TEAMS_OF_ONE).items)


def places_now(user_id: str, *, also: Iterable[str] = ()) -> list[TeamPerson]:
    """As they are at this moment, in two requests; `also` are teams that the index may not know of yet."""
    team_ids = {one.team_id for one in places_of(user_id)} | set(also)
    keys = [(team_id, user_id) for team_id in sorted(team_ids)]
    return read_together({TeamPerson: keys}, consistent=True).many(TeamPerson, keys)


def managers_of(user_id: str) -> list[str]:
    """Who manages her: of all teams that she is a member of, in two requests."""
    teams = teams_by_ids(one.team_id for one in places_of(user_id) if one.role == TeamRole.MEMBER)
    return list(dict.fromkeys(manager for team in teams for manager in team.manager_ids if manager != user_id))


def manages_any(user_id: str) -> bool:
    return any(one.role == TeamRole.MANAGER for one in places_of(user_id))


def create_team(team: Team, *, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when its id or its name is taken."""
    write(Put(team), _claim(team), audit=audit)


def rename_team(team: Team, name: str, *, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when the name is taken, or the team was changed meanwhile."""
    before, team.name, team.name_key = team.name_key, name, comparison_key(name)
    claims: list[Put | Delete] = [] if before == team.name_key else [_claim(team), _release(before)]
    team.updated_at = clock.now()
    write(Put(team), *claims, audit=audit)


def delete_team(team: Team, *, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when it was changed meanwhile."""
    write(Delete(team), _release(team.name_key), audit=audit)


def save_people(team: Team, changes: Sequence[Put | Delete], *, audit: Sequence[AuditEntry]) -> None:
    """With the head, which counts them: Stale when somebody else changed the team meanwhile."""
    team.updated_at = clock.now()
    write(Put(team), *changes, audit=audit)


def counted(team: Team, by: int) -> Put:
    """For a transaction in which a standing assignment begins or ends."""
    team.standing = max(0, int(team.standing) + by)
    team.updated_at = clock.now()
    return Put(team)


def _claim(team: Team) -> Put:
    name = TeamName(_name_id(team.name_key), _NAME, held_by=team.team_id)
    return Put(name, TeamName.key.does_not_exist())


def _release(name_key: str) -> Delete:
    return Delete(TeamName(_name_id(name_key), _NAME))


def _name_id(name_key: str) -> str:
    return f"~name#{name_key}"
