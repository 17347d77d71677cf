"""Teams: what they are called, who is in them, and who manages them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from accounts import store
from accounts.enums import TeamRole
from accounts.models import AuditEntry, Team, TeamPerson
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.services.sessions import renew_role
from accounts.store import teams as rows
from accounts.store.teams import MOST_PEOPLE, Roster
from core import clock
from core.aws.records import Delete, Put
from core.errors import Invalid, Refused, Stale
from core.events import Event, telling
from core.ids import new_id
from core.names import comparison_key, tidied

MOST_NAME, MOST_MANAGERS = 80, 20
_AT_ONCE = 25
"""People in one transaction, each with an entry in the audit log and an event: it holds a hundred records."""
_TRIES = 4
Wanted = Mapping[str, TeamRole | None]
"""What each of them is to be; None for nothing any more."""


@dataclass(frozen=True)
class _Change:
    user_id: str
    before: TeamPerson | None
    after: TeamPerson | None

    @property
    def name(self) -> str:
        if self.before is None:
            return "team.member_added"
        return "team.member_changed" if self.after else "team.member_removed"

    @property
    def role(self) -> str:
        place = self.after or self.before
        assert place
        return str(place.role)

    @property
    def touches_managers(self) -> bool:
        return any(place and place.role == TeamRole.MANAGER for place in (self.before, self.after))

    @property
    def write(self) -> Put | Delete:
        if self.after:
            return Put(self.after)
        assert self.before
        return Delete(self.before)


def create(*, name: str, by: Person, team_id: str = "") -> Team:
    """Raises Invalid for a name that cannot be, or that another team has."""
    require(by, Permission.PEOPLE_MANAGE)
    team = rows.new_team(team_id or new_id(), check_name(name))
    changes = {"name": {"after": team.name}}
    try:
        with telling(_event("team.created", team, by)):
            rows.create_team(team, audit=[_entry("team.created", team, by, changes)])
    except Stale as error:
        raise _taken() from error
    return team


def rename(*, team_id: str, name: str, by: Person) -> Team:
    require(by, Permission.PEOPLE_MANAGE)
    team, name = rows.team_by_id(team_id, fresh=True), check_name(name)
    if team.name == name:
        return team
    changes = {"name": {"before": team.name, "after": name}}
    held_by = rows.team_with_name(name)
    if held_by and held_by.team_id != team_id:
        raise _taken()
    with telling(_event("team.renamed", team, by)):
        rows.rename_team(team, name, audit=[_entry("team.renamed", team, by, changes)])
    return team


def delete(*, team_id: str, by: Person) -> None:
    """With everybody's place in it. Raises Refused while something is assigned to whoever joins."""
    require(by, Permission.PEOPLE_MANAGE)
    roster = rows.roster_of(team_id)
    check_deletable(roster.team)
    _change(team_id, dict.fromkeys(roster.by_id), by)
    team = rows.team_by_id(team_id, fresh=True)
    check_deletable(team)
    if team.people:
        raise Stale("Somebody was added to this team in this moment. Look at it again.")
    changes = {"name": {"before": team.name}}
    with telling(_event("team.deleted", team, by)):
        rows.delete_team(team, audit=[_entry("team.deleted", team, by, changes)])


def deletion_refusal(team: Team) -> str:
    """Why it cannot be deleted, or an empty string."""
    if not team.standing:
        return ""
    return "Courses or paths are assigned to whoever joins this team. End these standing assignments first."


def check_deletable(team: Team) -> None:
    """Raises Refused."""
    if refused := deletion_refusal(team):
        raise Refused(refused)


def add(*, team_id: str, user_ids: Iterable[str], by: Person, role: TeamRole = TeamRole.MEMBER) -> int:
    """Who is in it already gets this role. Returns how many were added or changed. Raises Invalid when it is full."""
    require(by, Permission.PEOPLE_MANAGE)
    return _change(team_id, dict.fromkeys(user_ids, role), by)


def remove(*, team_id: str, user_ids: Iterable[str], by: Person) -> int:
    require(by, Permission.PEOPLE_MANAGE)
    return _change(team_id, dict.fromkeys(user_ids), by)


def check_name(name: str) -> str:
    """As it is kept. Raises Invalid."""
    tidy = tidied(name)
    if not comparison_key(tidy):
        raise Invalid(fields={"name": "Give the team a name."})
    if len(tidy) > MOST_NAME:
        raise Invalid(fields={"name": f"Use at most {MOST_NAME} characters; this has {len(tidy)}."})
    return tidy


def _change(team_id: str, wanted: Wanted, by: Person) -> int:
    """So many at once; a part that is done stays done when a later one is refused, and asking again does the rest."""
    left, done = iter(wanted.items()), 0
    rows.team_by_id(team_id)
    while some := dict(islice(left, _AT_ONCE)):
        changed = _change_some(team_id, some, by)
        done += len(changed)
        for change in changed:
            if change.touches_managers:
                renew_role(change.user_id)
    return done


def _change_some(team_id: str, wanted: Wanted, by: Person) -> Sequence[_Change]:
    for last in [False] * (_TRIES - 1) + [True]:
        roster = rows.roster_of(team_id)
        changes = list(_changes(roster, wanted))
        if not changes:
            return ()
        team = _with_counts(roster, changes)
        events = [_told(change, team, by) for change in changes]
        entries = [_noted(change, team, by) for change in changes]
        try:
            with telling(*events):
                rows.save_people(team, [change.write for change in changes], audit=entries)
            return changes
        except Stale:
            if last:
                raise
    raise AssertionError("the last try returns or raises")


def _changes(roster: Roster, wanted: Wanted) -> Iterator[_Change]:
    team_id, now, there = str(roster.team.team_id), clock.now(), roster.by_id
    for user_id, role in wanted.items():
        before = there.get(user_id)
        if (before.role if before else None) == role:
            continue
        joined_at = before.joined_at if before else now
        after = TeamPerson(team_id, user_id, role=role.value, joined_at=joined_at) if role else None
        yield _Change(user_id, before, after)


def _with_counts(roster: Roster, changes: Sequence[_Change]) -> Team:
    """The head as it will be. Raises Invalid."""
    there = {**roster.by_id, **{one.user_id: one.after for one in changes if one.after}}
    for gone in (one.user_id for one in changes if one.after is None):
        del there[gone]
    managers = [user_id for user_id, place in there.items() if place.role == TeamRole.MANAGER]
    if len(there) > max(MOST_PEOPLE, len(roster.people)):
        raise Invalid(f"A team can have {MOST_PEOPLE} people; this would be {len(there)}. Make a second team.")
    if len(managers) > max(MOST_MANAGERS, len(roster.team.manager_ids)):
        raise Invalid(f"A team can have {MOST_MANAGERS} managers; this would be {len(managers)}.")
    roster.team.people, roster.team.manager_ids = len(there), sorted(managers)
    return roster.team


def _told(change: _Change, team: Team, by: Person) -> Event:
    props = {"user_id": change.user_id, "role": change.role}
    return Event(change.name, team.team_id, by.user_id, props)


def _noted(change: _Change, team: Team, by: Person) -> AuditEntry:
    role: dict[str, str] = {}
    if change.before:
        role["before"] = str(change.before.role)
    if change.after:
        role["after"] = str(change.after.role)
    return _entry(change.name, team, by, {"person": {"after": change.user_id}, "role": role})


def _taken() -> Invalid:
    return Invalid(fields={"name": "Another team is called so. Choose another name."})


def _event(name: str, team: Team, by: Person) -> Event:
    return Event(name, team.team_id, by.user_id)


def _entry(action: str, team: Team, by: Person, changes: Mapping[str, Mapping[str, str]]) -> AuditEntry:
    return store.audit_entry(by=by, action=action, object_type="team", object_id=team.team_id, changes=changes)
