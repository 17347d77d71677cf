"""Standing assignments: a course or path for whoever is in a team or has a role, now or later.

Begun, changed and ended here; `joining` gives them to people, and takes back what nobody has touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from accounts.enums import Role
from accounts.models import AuditEntry
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry
from accounts.store import teams as team_rows
from core import clock
from core.aws.records import Put
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event, telling
from lms.enums import RuleWork
from lms.models import AssignmentRule
from lms.services.assignments import orders
from lms.services.assignments.orders import RULE, Order, Target, When
from lms.store import standing as store

MOST_DAYS = 730
_TRIES = 4


@dataclass(frozen=True)
class Whom:
    """A team, or everybody with a role; with neither, everybody."""

    team_id: str = ""
    role: Role | None = None

    @property
    def key(self) -> str:
        return store.whom_team(self.team_id) if self.team_id else store.ROLES

    @property
    def told(self) -> str:
        """For the audit log and events."""
        return self.key if self.team_id else f"role:{self.role.value if self.role else 'everybody'}"


def whom_of(rule: AssignmentRule) -> Whom:
    kind, _, team_id = str(rule.whom).partition(":")
    return Whom(team_id) if kind == "team" else Whom(role=Role(rule.role) if rule.role else None)


def order_of(rule: AssignmentRule, target: Target) -> Order:
    return Order(target, When(days=rule.days), rule.note, origin=f"{RULE}{rule.rule_id}")


def begin(*, whom: Whom, target: Target, days: int | None = None, note: str = "", by: Person) -> AssignmentRule:
    """Raises Invalid, NotFound; Invalid also when it is in force already. `joining.go_on` then gives it to its people."""
    require(by, Permission.LEARNING_ASSIGN)
    _check(days, note)
    for _try in range(_TRIES):
        rule = _made(whom, target, days, note, by)
        try:
            _save(rule, "standing.begun", by, _counted(whom, 1), target=target.key, days=days)
            return rule
        except Stale:  # the team was changed in this moment, or somebody made the same
            continue
    raise Stale("Somebody else is changing this team right now. Try again.")


def change(*, rule: AssignmentRule, days: int | None, note: str, by: Person) -> AssignmentRule:
    """For who joins from now on; what was given stays as it is."""
    require(by, Permission.LEARNING_ASSIGN)
    _check(days, note)
    _check_active(rule)
    before = rule.days
    rule.days, rule.note = days, note
    _save(rule, "standing.changed", by, days_before=before, days=days)
    return rule


def end(*, rule: AssignmentRule, withdraw: bool = False, by: Person) -> AssignmentRule:
    """Nobody gets it any more. With `withdraw`, what nobody has begun is cancelled."""
    require(by, Permission.LEARNING_ASSIGN)
    for last in [False] * (_TRIES - 1) + [True]:
        _check_active(rule)
        rule.active, rule.ended_by, rule.ended_at = None, by.user_id, clock.now()
        rule.under_way = RuleWork.WITHDRAWING.value if withdraw else None
        try:
            _save(rule, "standing.ended", by, _counted(whom_of(rule), -1), withdrawn=withdraw)
            return rule
        except Stale:
            if last:
                raise
            rule = store.rule_by_id(rule.whom, rule.rule_id, fresh=True)
    raise AssertionError("the last try returns or raises")


def give_again(target: str) -> None:
    """The course or path can be begun again: whoever joined meanwhile is not forgotten."""
    for rule in store.active_to(target):
        rule = store.rule_by_id(rule.whom, rule.rule_id, fresh=True)
        if rule.active and not rule.under_way:
            rule.under_way = RuleWork.GIVING.value
            store.save(rule)


def _made(whom: Whom, target: Target, days: int | None, note: str, by: Person) -> AssignmentRule:
    """Also in the place of one that has ended: it gives again what that one took back."""
    rule_id = sha256("\0".join((whom.told, target.key)).encode()).hexdigest()[:26]
    before = store.find_rule(whom.key, rule_id)
    if before and before.active:
        raise Invalid(fields={"target": "This is a standing assignment for them already."})
    now = clock.now()
    rule = AssignmentRule(
        whom=whom.key,
        rule_id=rule_id,
        role=whom.role.value if whom.role else "",
        target=target.key,
        title=target.title,
        days=days,
        note=note,
        active=store.ACTIVE,
        under_way=RuleWork.GIVING.value,
        started_by=by.user_id,
        started_at=now,
        created_at=before.created_at if before else now,
        updated_at=now,
    )
    if before:
        rule.rev = before.rev
    return rule


def _counted(whom: Whom, by: int) -> list[Put]:
    """The head of the team counts what stands for it, so that it is not deleted unawares."""
    if not whom.team_id:
        return []
    try:
        return [team_rows.counted(team_rows.team_by_id(whom.team_id, fresh=True), by)]
    except NotFound:
        if by < 0:
            return []
        raise Invalid(fields={"team": "This team is not there any more."}) from None


def _check(days: int | None, note: str) -> None:
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise Invalid(fields={"days": f"Between 1 and {MOST_DAYS} days after joining, or none."})
    if len(note) > orders.MOST_NOTE:
        raise Invalid(fields={"note": f"Keep the note under {orders.MOST_NOTE} characters."})


def _check_active(rule: AssignmentRule) -> None:
    if not rule.active:
        raise Refused("This standing assignment has been ended already.")


def _save(rule: AssignmentRule, action: str, by: Person, also: list[Put] | None = None, **told: Any) -> None:
    rule.updated_at = clock.now()
    said = {"whom": whom_of(rule).told, "target": rule.target}
    kind, _, which = said["whom"].partition(":")
    props = {"target": rule.target, "team_id" if kind == "team" else "role": which}
    with telling(Event(action, rule.rule_id, by.user_id, props)):
        store.save(rule, *(also or ()), audit=[_entry(rule, action, by, {**said, **told})])


def _entry(rule: AssignmentRule, action: str, by: Person, told: dict[str, Any]) -> AuditEntry:
    before = told.pop("days_before", None)
    changes: dict[str, dict[str, Any]] = {name: {"after": value} for name, value in told.items() if value is not None}
    if before is not None:
        changes.setdefault("days", {})["before"] = before
    return audit_entry(by=by, action=action, object_type="standing", object_id=rule.rule_id, changes=changes)
