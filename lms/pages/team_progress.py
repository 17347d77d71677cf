"""How the members of a team keep up with what they were assigned, for whoever manages them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.audit_list import called
from accounts.models import Profile, Team
from accounts.person import Person
from accounts.services.managing import members_of
from accounts.store.teams import head_key
from core import clock
from core.aws.together import read_together
from core.errors import NotFound
from core.index import index
from core.index.documents import Query
from core.paging import seal, unseal
from lms.documents.assignments import ASSIGNMENT
from lms.enums import AssignmentStatus as S
from lms.pages.assigned import EVERYTHING
from lms.pages.team_assigned import Open, open_of
from lms.rules.pace import Counts, Pace

ON_A_PAGE = 25
_OPEN = frozenset({S.ASSIGNED.value, S.IN_PROGRESS.value, S.OVERDUE.value})
_ASKED: Mapping[str, Mapping[str, frozenset[str]]] = {
    "open": {"state": _OPEN},
    "overdue": {"state": frozenset({S.OVERDUE.value})},
    "soon": {"state": frozenset({S.ASSIGNED.value}), "due": frozenset({"week"})},
    "completed": {"state": frozenset({S.COMPLETED.value, S.WAIVED.value})},
}
PACES: Mapping[Pace, tuple[str | Promise, str, str, str | Promise]] = {
    # label, tone, icon, what it means
    Pace.OVERDUE: (_("Overdue"), "error", "circle-alert", _("at least one due date is over")),
    Pace.BEHIND: (_("Behind"), "warning", "clock-alert", _("something is due within 7 days and not begun")),
    Pace.ON_TRACK: (_("On track"), "info", "circle-dot", _("there is something to do, and time for it")),
    Pace.DONE: (_("All done"), "success", "circle-check", _("whatever was assigned is completed or waived")),
    Pace.NOTHING: (_("Nothing assigned"), "", "circle-dashed", _("nobody assigned anything yet")),
}


@dataclass(frozen=True)
class Member:
    user_id: str
    name: str
    counts: Counts

    @property
    def place(self) -> list[Any]:
        """In the list: who wants attention first, then by name."""
        return [list(Pace).index(self.counts.pace), self.name.casefold(), self.user_id]

    @property
    def badge(self) -> tuple[str | Promise, str, str, str | Promise]:
        return PACES[self.counts.pace]


@dataclass(frozen=True)
class Choice:
    """Of those that the list can be narrowed to; without a value it is not."""

    value: str
    label: str | Promise
    count: int
    current: bool
    meaning: str | Promise = ""


@dataclass(frozen=True)
class TeamProgress:
    team: Team
    rows: Sequence[tuple[Member, Sequence[Open]]]
    choices: Sequence[Choice]
    members: int
    next_cursor: str | None


def members_with_counts(team_id: str, viewer: Person) -> tuple[Team, list[Member]]:
    """All of the team, who wants attention first. Two requests, one more per hundred. Raises NotFound."""
    user_ids = members_of(team_id, viewer)
    found = read_together({Team: [head_key(team_id)], Profile: user_ids})
    team = found.get(Team, head_key(team_id))
    if team is None:
        raise NotFound
    names = {one.user_id: one.display_name for one in found.many(Profile, user_ids)}
    counts = _counts(user_ids)
    members = [Member(user_id, called(user_id, names), counts[user_id]) for user_id in user_ids]
    return team, sorted(members, key=lambda member: member.place)


def team_progress(viewer: Person, team_id: str, query: QueryDict) -> TeamProgress:
    """Four requests for up to a hundred members. Raises NotFound."""
    team, members = members_with_counts(team_id, viewer)
    pace = query.get("pace", "") if query.get("pace") in set(Pace) else ""
    scope = f"team-progress:{viewer.user_id}:{team_id}:{pace}"
    after = unseal(scope, query.get("cursor"))
    left = [one for one in members if pace in ("", one.counts.pace) and (after is None or one.place > after)]
    shown = left[:ON_A_PAGE]
    position = shown[-1].place if len(left) > len(shown) else None
    opened = open_of([one.user_id for one in shown], viewer)
    rows = [(one, opened.get(one.user_id, ())) for one in shown]
    return TeamProgress(team, rows, _choices(members, pace), len(members), seal(scope, position))


def _choices(members: Sequence[Member], chosen: str) -> list[Choice]:
    paces = [member.counts.pace for member in members]
    narrowed = [
        Choice(pace, PACES[pace][0], paces.count(pace), pace == chosen, PACES[pace][3])
        for pace in Pace
        if pace in paces
    ]
    return [Choice("", _("All"), len(paces), not chosen), *narrowed]


def _counts(user_ids: Sequence[str]) -> dict[str, Counts]:
    """Questions to the index alone, the same for every size of team."""
    found = {name: _count(user_ids, filters) for name, filters in _ASKED.items()} if user_ids else {}
    return {one: Counts(**{name: counts.get(one, 0) for name, counts in found.items()}) for one in user_ids}


def _count(user_ids: Sequence[str], filters: Mapping[str, frozenset[str]]) -> Mapping[str, int]:
    query = Query(
        allowed=EVERYTHING,
        now=clock.now(),
        kinds=frozenset({ASSIGNMENT}),
        filters={"assignee": frozenset(user_ids), **filters},
        facets=("assignee",),
        limit=1,
    )
    return index().search(query).facets.get("assignee", {})
