"""What standing assignments give to people, and take back: judged by who is in the team, or has the role, at this moment.

Whatever was missed or is told again does no harm: what is there is left, and what a rule took back is all that it gives
a second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from accounts.directory import colleague
from accounts.enums import TeamRole
from accounts.person import SYSTEM
from accounts.store import audit_entry
from accounts.store import teams as team_rows
from core.errors import NotFound, Refused, Stale
from core.events import Event, telling
from lms.enums import AssignmentStatus, RuleWork
from lms.models import AssignmentRule
from lms.services.assignments import people
from lms.services.assignments.giving import Outcome, assignment_id_for, give
from lms.services.assignments.orders import Order, target_of
from lms.services.assignments.standing import order_of, whom_of
from lms.store import assignments as rows
from lms.store import standing as store

AT_ONCE = 100
"""New assignments of one press of a button; a job does the rest."""
_NEW = {Outcome.ASSIGNED, Outcome.COMPLETED}


def follow_team(user_id: str, team_id: str) -> None:
    """She may have joined it or left it. Two requests where nothing stands for it."""
    rules = store.active_of(store.whom_team(team_id))
    if not rules:
        return
    places = team_rows.places_now(user_id, also=[team_id])
    is_in = any(one.team_id == team_id and one.role == TeamRole.MEMBER for one in places)
    _settle(user_id, {rule.rule_id: is_in for rule in rules}, rules)


def follow_role(user_id: str) -> None:
    """She may have another role, or have come just now. One request where nothing stands for any role."""
    rules = store.active_of(store.ROLES)
    if not rules:
        return
    try:
        found = colleague(user_id)
    except NotFound:
        return
    if found.user.enabled:
        _settle(user_id, {rule.rule_id: rule.role in ("", found.role.value) for rule in rules}, rules)


def go_on(rule: AssignmentRule, *, most: int = AT_ONCE) -> bool:
    """Goes on where it was interrupted; False when that was not all of it."""
    work = _give_to_all if rule.under_way == RuleWork.GIVING else _withdraw_from_all
    done = work(rule, most)
    if done:
        _finish(rule)
    return done


def go_on_with_all(*, most: int) -> int:
    """For the job; returns how many were looked at."""
    looked_at = 0
    for told in store.under_way():
        with suppress(NotFound, Stale):
            rule = store.rule_by_id(told.whom, told.rule_id, fresh=True)
            if rule.under_way:
                go_on(rule, most=most)
                looked_at += 1
    return looked_at


def _settle(user_id: str, wanted: dict[str, bool], rules: Iterable[AssignmentRule]) -> None:
    for rule in rules:
        if not wanted[rule.rule_id]:
            _withdraw(user_id, rule)
        elif order := _order(rule):
            list(give(wanted=[(user_id, order)], by=SYSTEM))


def _order(rule: AssignmentRule) -> Order | None:
    """None while nobody could begin it; when it is published again, its people are looked at again."""
    kind, _, target_id = str(rule.target).partition(":")
    try:
        return order_of(rule, target_of(kind, target_id))
    except (NotFound, Refused):
        return None


def _give_to_all(rule: AssignmentRule, most: int) -> bool:
    order = _order(rule)
    if order is None:
        return True
    before = list(_people(rule))
    new = 0
    for given in give(wanted=((user_id, order) for user_id in before), by=SYSTEM):
        new += given.outcome in _NEW
        if new >= most:
            return False
    # Who left while this went on was told to leave it before she had it.
    for user_id in set(before) - set(_people(rule)):
        _withdraw(user_id, rule)
    return True


def _people(rule: AssignmentRule) -> Iterable[str]:
    whom = whom_of(rule)
    if not whom.team_id:
        return people.with_role(whom.role, by=SYSTEM)
    places = team_rows.people_of(whom.team_id)
    return sorted(one.user_id for one in places if one.role == TeamRole.MEMBER)


def _withdraw_from_all(rule: AssignmentRule, most: int) -> bool:
    origin, target_id = _origin(rule), str(rule.target).partition(":")[2]
    withdrawn = 0
    for one in rows.assignments_to(target_id):
        if one.origin == origin and one.status == AssignmentStatus.ASSIGNED:
            _withdraw(one.user_id, rule)
            withdrawn += 1
            if withdrawn >= most:
                return False
    return True


def _withdraw(user_id: str, rule: AssignmentRule) -> None:
    """Only what she has not begun. Who begins it in this very moment keeps it."""
    origin = _origin(rule)
    one = rows.find_assignment(user_id, assignment_id_for(user_id, str(rule.target), 0, origin), fresh=True)
    if one is None or one.status != AssignmentStatus.ASSIGNED:
        return
    one.status, one.closed_by = AssignmentStatus.CANCELLED.value, origin
    entry = audit_entry(by=SYSTEM, action="assignment.cancelled", object_type="assignment", object_id=one.assignment_id)
    told = {"user_id": user_id, "target": one.target, "due_at": one.due_date, "origin": origin}
    with suppress(Stale), telling(Event("assignment.cancelled", one.assignment_id, SYSTEM.user_id, told)):
        rows.save(one, audit=[entry])


def _finish(rule: AssignmentRule) -> None:
    """Unless it was changed meanwhile: then it is looked at once more."""
    rule.under_way = None
    with suppress(Stale):
        store.save(rule)


def _origin(rule: AssignmentRule) -> str:
    return f"rule:{rule.rule_id}"
