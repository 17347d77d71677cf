"""What other parts of the portal know of a person, and what can be done about it there.

They stand above this app, so they come here and register; the pages about people show whatever there is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accounts.person import Person
from core.pages import Action


@dataclass(frozen=True)
class Fact:
    """For example "Owns", "12 items", with the address of their list. `owned` can be handed over to somebody else."""

    label: str
    text: str
    url: str = ""
    actions: tuple[Action, ...] = ()
    owned: bool = False


Teller = Callable[[Person, Sequence[str]], Mapping[str, Fact]]
"""Given who asks and the ids of the people of a page: what there is to say of each, in a bounded number of requests."""

TeamTeller = Callable[[Person, str], Sequence[Fact]]
"""The same of one team, by its id."""

_tellers: list[Teller] = []
_team_tellers: list[TeamTeller] = []


def tells_about_people(teller: Teller) -> Teller:
    _tellers.append(teller)
    return teller


def tells_about_teams(teller: TeamTeller) -> TeamTeller:
    _team_tellers.append(teller)
    return teller


def facts_about_team(viewer: Person, team_id: str) -> list[Fact]:
    return [fact for teller in _team_tellers for fact in teller(viewer, team_id)]


def facts_about(viewer: Person, user_ids: Sequence[str]) -> dict[str, list[Fact]]:
    facts: dict[str, list[Fact]] = {user_id: [] for user_id in user_ids}
    for teller in _tellers:
        for user_id, fact in teller(viewer, user_ids).items():
            facts[user_id].append(fact)
    return facts
