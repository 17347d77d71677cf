"""Standing assignments as pages show them, and the courses and paths to choose from for one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts import audit_list
from accounts.about import Fact, tells_about_teams
from accounts.models import Team
from accounts.permissions import ROLES, Permission, can
from accounts.person import Person
from accounts.store import audit_of_target, names_of
from accounts.store.teams import teams_by_ids
from core.errors import NotFound, Refused
from core.picker import Choice, Found
from lms.models import AssignmentRule
from lms.pages.targets import targets_to_choose
from lms.services.assignments import target_of
from lms.services.assignments.standing import whom_of
from lms.store import standing as store

_HISTORY = 20


@dataclass(frozen=True)
class RuleRow:
    rule: AssignmentRule
    url: str
    whom: str
    due: str
    started_by: str
    started_at: datetime
    is_path: bool


@dataclass(frozen=True)
class RulePage:
    row: RuleRow
    history: Sequence[audit_list.Row]


@dataclass(frozen=True)
class TargetSource:
    """Published courses and paths that she may see, by `course:ID` or `path:ID`."""

    person: Person

    @property
    def url(self) -> str:
        return reverse("lms:standing-targets")

    def found(self, text: str, most: int) -> Found:
        if not text:
            return Found(more=True)
        found = targets_to_choose(self.person, text)[:most]
        return Found([Choice(f"{one.kind}:{one.target_id}", one.title, one.duration) for one in found])

    def named(self, values: Sequence[str], kept: Collection[str]) -> Mapping[str, Choice]:
        named = {}
        for value in values:
            kind, _, target_id = value.partition(":")
            try:
                target = target_of(kind, target_id) if kind in ("course", "path") else None
            except (NotFound, Refused):
                continue
            if target:
                named[value] = Choice(value, target.title)
        return named


def listing(cursor: str | None) -> tuple[list[RuleRow], str | None]:
    """Three requests: the rules, their teams, who made them."""
    page = store.active_rules(cursor)
    return rows_of(page.items), page.next_cursor


def rows_of(rules: Sequence[AssignmentRule]) -> list[RuleRow]:
    teams = {team.team_id: team for team in teams_by_ids(whom_of(rule).team_id for rule in rules)}
    names = names_of(rule.started_by for rule in rules)
    return [_row(rule, teams, names) for rule in rules]


def rule_page(viewer: Person, rule: AssignmentRule) -> RulePage:
    history = audit_of_target(f"standing:{rule.rule_id}", limit=_HISTORY).items
    return RulePage(rows_of([rule])[0], audit_list.rows_of(viewer, history))


def _row(rule: AssignmentRule, teams: Mapping[str, Team], names: Mapping[str, str]) -> RuleRow:
    return RuleRow(
        rule=rule,
        url=reverse("lms:standing-one", args=[rule.whom, rule.rule_id]),
        whom=_whom_words(rule, teams),
        due=_due_words(rule),
        started_by=audit_list.called(rule.started_by, names),
        started_at=rule.started_at,
        is_path=str(rule.target).startswith("path:"),
    )


def _whom_words(rule: AssignmentRule, teams: Mapping[str, Team]) -> str:
    whom = whom_of(rule)
    if whom.team_id:
        team = teams.get(whom.team_id)
        return gettext("Team %s") % team.name if team else gettext("A team that is gone")
    return gettext("Role %s") % ROLES[whom.role].title if whom.role else gettext("Everybody")


def _due_words(rule: AssignmentRule) -> str:
    if not rule.days:
        return gettext("no due date")
    return ngettext("due %d day after joining", "due %d days after joining", int(rule.days)) % int(rule.days)


@tells_about_teams
def standing_for(viewer: Person, team_id: str) -> Sequence[Fact]:
    """One request."""
    if not can(viewer, Permission.LEARNING_ASSIGN):
        return ()
    rules = store.active_of(store.whom_team(team_id))
    url = reverse("lms:standing")
    progress = Fact(gettext("Learning"), gettext("How its members keep up"), reverse("lms:team", args=[team_id]))
    return (progress, *(Fact(gettext("Whoever joins takes"), rule.title, url) for rule in rules))
