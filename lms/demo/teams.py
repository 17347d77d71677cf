"""The demo's teams: who manages whom, and what whoever joins is to take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.enums import TeamRole
from accounts.person import Person
from accounts.services import teams
from accounts.store import teams as rows
from lms.demo.making import Stage
from lms.enums import CourseStatus
from lms.services.assignments import PATH, joining, standing, target_of
from lms.services.assignments.standing import Whom
from lms.store import standing as rules
from lms.store.paths import paths_by_ids


@dataclass(frozen=True)
class Plan:
    team_id: str
    name: str
    managers: Sequence[str]
    members: Sequence[str]
    path: str
    days: int


PLANS = (
    Plan("demo-team-accounts", "Account Executives", ("approver",), ("ae", "contributor"), "ae-first-quarter", 60),
    Plan("demo-team-success", "Customer Success", ("contributor", "approver"), ("csm",), "csm-first-quarter", 60),
)


def make(stage: Stage) -> int:
    """How many were made now; a team that is there stays as people left it."""
    admin = stage.cast["admin"]
    return sum(_make(stage, plan, admin) for plan in PLANS if rows.find_team(plan.team_id, fresh=True) is None)


def _make(stage: Stage, plan: Plan, admin: Person) -> bool:
    if rows.team_with_name(plan.name):  # somebody's own team has taken the name
        return False
    teams.create(name=plan.name, team_id=plan.team_id, by=admin)
    for names, role in ((plan.managers, TeamRole.MANAGER), (plan.members, TeamRole.MEMBER)):
        user_ids = [stage.cast[name].user_id for name in names]
        teams.add(team_id=plan.team_id, user_ids=user_ids, role=role, by=admin)
    _assign(plan, stage.cast["approver"])
    return True


def _assign(plan: Plan, by: Person) -> None:
    path_id = f"demo-path-{plan.path}"
    published = [path for path in paths_by_ids([path_id]) if path.status == CourseStatus.PUBLISHED]
    whom = Whom(team_id=plan.team_id)
    if published and not rules.active_of(whom.key):
        note = "Your first quarter with us."
        rule = standing.begin(whom=whom, target=target_of(PATH, path_id), days=plan.days, note=note, by=by)
        joining.go_on(rule)
