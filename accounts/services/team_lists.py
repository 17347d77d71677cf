"""Teams by a list: one row, one person in one team. A row that cannot be done stops no other, and a list that is given
again changes nothing. Nobody is taken out: who does not stand in the list stays where she is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from accounts.enums import TeamRole
from accounts.lookup import Directory
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.rules import tidy_email
from accounts.services import teams
from accounts.store import teams as rows
from core.errors import PortalError, Refused, Stale
from core.names import comparison_key
from core.sheets import Row

COLUMNS, OPTIONAL = ("team", "email"), ("manager",)
_YES, _NO = {"yes", "y", "true", "1", "x"}, {"", "no", "n", "false", "0"}
_NOT_MADE = ""
"""Stands for a team that a dry run would make."""


class Outcome(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    NOT_DONE = "not done"


@dataclass(frozen=True)
class Answer:
    """`made_team`: there was no team of this name before this row."""

    row: int
    outcome: Outcome
    why: str = ""
    made_team: bool = False


def bring(*, rows: Iterable[Row], directory: Directory, by: Person, dry_run: bool = False) -> Iterator[Answer]:
    require(by, Permission.PEOPLE_MANAGE)
    reading = _Reading(directory, by, dry_run)
    for row in rows:
        try:
            yield reading.answer(row)
        except Stale as error:
            yield Answer(row.number, Outcome.NOT_DONE, f"{error.message} Give the list again.")
        except PortalError as error:
            yield Answer(row.number, Outcome.REFUSED, error.message)


class _Reading:
    """What is known so far: teams by their names, and in which line each person stood first."""

    def __init__(self, directory: Directory, by: Person, dry_run: bool) -> None:
        self._directory, self._by, self._dry_run = directory, by, dry_run
        self._teams: dict[str, str] = {}
        self._first: dict[tuple[str, str], int] = {}

    def answer(self, row: Row) -> Answer:
        name = teams.check_name(row.values["team"])
        role = _role(row.values.get("manager", ""))
        user_id = self._person(row.values["email"])
        line = self._first.setdefault((comparison_key(name), user_id), row.number)
        if line != row.number:
            raise Refused(f"The same person stands in line {line} for this team.")
        team_id, made = self._team(name)
        before = rows.places_in(team_id).get(user_id) if team_id else None
        if before == role:
            return Answer(row.number, Outcome.UNCHANGED)
        if not self._dry_run:
            teams.add(team_id=team_id, user_ids=[user_id], role=role, by=self._by)
        return Answer(row.number, Outcome.CHANGED if before else Outcome.ADDED, made_team=made)

    def _person(self, text: str) -> str:
        user = self._directory.find(tidy_email(text)) if text else None
        if user is None:
            raise Refused("Nobody signs in with this address." if text else "There is no person in this row.")
        if not user.enabled:
            raise Refused("This account is disabled.")
        return user.user_id

    def _team(self, name: str) -> tuple[str, bool]:
        """Its id, and whether it was made for this row."""
        key = comparison_key(name)
        if key in self._teams:
            return self._teams[key], False
        found = rows.team_with_name(name)
        made = found is None
        if found is None and not self._dry_run:
            found = teams.create(name=name, by=self._by)
        self._teams[key] = str(found.team_id) if found else _NOT_MADE
        return self._teams[key], made


def _role(text: str) -> TeamRole:
    answer = text.casefold()
    if answer not in _YES | _NO:
        raise Refused(f"“{text[:40]}” is neither yes nor no in the column manager.")
    return TeamRole.MANAGER if answer in _YES else TeamRole.MEMBER
