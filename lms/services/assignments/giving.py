"""Assigning a course or a path to people, any number of them. Doing it twice comes to the same as once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from itertools import islice

from accounts.models import AuditEntry
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry, profiles_of
from core import clock
from core.errors import PortalError, Stale
from core.events import Event, publish
from lms.enums import AssignmentStatus
from lms.models import Assignment, CourseProgress, PathProgress
from lms.services.assignments import cycles, orders
from lms.services.assignments.orders import Order
from lms.store import assignments as store
from lms.store import learning as rows

_AT_ONCE = 100
_TRIES = 3


class Outcome(StrEnum):
    ASSIGNED = "assigned"
    COMPLETED = "completed before"
    UNCHANGED = "assigned already"
    REFUSED = "refused"


@dataclass(frozen=True)
class Given:
    """What became, or would become, of one person. `why` says more where something needs saying."""

    user_id: str
    outcome: Outcome
    assignment_id: str = ""
    why: str = ""


@dataclass(frozen=True)
class _Standing:
    """What is known of a person: her roll-up of the target, and her zone."""

    progress: CourseProgress | PathProgress | None
    zone: str

    @property
    def cycle(self) -> int:
        return int(getattr(self.progress, "cycle", 1) or 1)

    @property
    def finished(self) -> bool:
        return self.progress is not None and bool(self.progress.completed_at)

    def done_at(self, now: datetime) -> datetime | None:
        """When she completed it, if that still counts."""
        if self.progress is None:
            return None
        until = getattr(self.progress, "valid_until", None)
        return self.progress.completed_at if until is None or until > now else None


def assign(*, user_ids: Iterable[str], order: Order, by: Person, dry_run: bool = False) -> Iterator[Given]:
    """One by one: what cannot be assigned to one person stops nobody else's. Raises Invalid, Refused before the first."""
    require(by, Permission.LEARNING_ASSIGN)
    orders.check(order)
    return _assigned(user_ids, order, by, dry_run)


def _assigned(user_ids: Iterable[str], order: Order, by: Person, dry_run: bool) -> Iterator[Given]:
    left = iter(dict.fromkeys(user_ids))
    while some := list(islice(left, _AT_ONCE)):
        known = _standings(some, order)
        for user_id in some:
            try:
                yield _one(user_id, known[user_id], order, by, dry_run)
            except PortalError as error:
                yield Given(user_id, Outcome.REFUSED, why=error.message)


def assignment_id_for(user_id: str, target: str, cycle: int, origin: str) -> str:
    """The same for the same: two who assign at once make one assignment."""
    return sha256("\0".join((user_id, target, str(cycle), origin)).encode()).hexdigest()[:26]


def _standings(user_ids: Sequence[str], order: Order) -> Mapping[str, _Standing]:
    profiles, progress = profiles_of(user_ids), _progress(user_ids, order.target)
    return {one: _Standing(progress.get(one), orders.zone_of(profiles.get(one))) for one in user_ids}


def _progress(user_ids: Sequence[str], target: orders.Target) -> Mapping[str, CourseProgress | PathProgress]:
    if target.kind == orders.PATH:
        return rows.path_progress_of(user_ids, target.target_id)
    return rows.course_progress_of(user_ids, target.target_id)


def _one(user_id: str, standing: _Standing, order: Order, by: Person, dry_run: bool) -> Given:
    for _try in range(_TRIES):
        made = _draft(user_id, standing, order, by)
        before = store.find_assignment(user_id, made.assignment_id, fresh=True)
        if before and before.status not in (AssignmentStatus.CANCELLED, AssignmentStatus.WAIVED):
            return Given(user_id, Outcome.UNCHANGED, made.assignment_id)
        if not dry_run:
            try:
                _save(made, before, standing, by)
            except Stale:
                standing = _standings([user_id], order)[user_id]
                continue
        done = made.status == AssignmentStatus.COMPLETED
        return Given(user_id, Outcome.COMPLETED if done else Outcome.ASSIGNED, made.assignment_id)
    raise Stale("Somebody else is assigning this to the same person right now. Try again.")


def _draft(user_id: str, standing: _Standing, order: Order, by: Person) -> Assignment:
    """As it would be. What she completed before counts at once, with its own date, while it is valid."""
    now, target = clock.now(), order.target
    done_at = None if order.must_redo else standing.done_at(now)
    anew = standing.finished and not done_at
    cycle = standing.cycle + 1 if anew else standing.cycle
    begun = standing.progress is not None and not anew
    made = Assignment(
        user_id=user_id,
        assignment_id=assignment_id_for(user_id, target.key, cycle, order.origin),
        course_id=target.target_id,
        target=target.key,
        title=target.title,
        cycle=cycle,
        origin=order.origin,
        assigned_by_user_id=by.user_id,
        assigned_at=now,
        status=(AssignmentStatus.IN_PROGRESS if begun else AssignmentStatus.ASSIGNED).value,
        must_redo=order.must_redo,
        note=order.note,
        created_at=now,
    )
    orders.put_due(made, order.when.for_zone(standing.zone))
    if done_at:
        made.status, made.completed_at, made.late = AssignmentStatus.COMPLETED.value, done_at, False
    return made


def _save(made: Assignment, before: Assignment | None, standing: _Standing, by: Person) -> None:
    """Only if she is still as far as it was judged by: who completes the course in this moment is asked for again."""
    if before:
        made.rev = before.rev
    if made.cycle > standing.cycle:
        cycles.open_next(made, by=by)
        store.save(made, audit=[_entry(made, by)])
    else:
        store.save(made, rows.still_as_far(made.user_id, made.target, standing.progress), audit=[_entry(made, by)])
    told = {"user_id": made.user_id, "target": made.target, "due_at": made.due_date, "origin": made.origin}
    publish(Event("assignment.created", made.assignment_id, by.user_id, told))
    if made.status == AssignmentStatus.COMPLETED:
        publish(Event("assignment.completed", made.assignment_id, made.user_id, {**told, "late": False}))


def _entry(made: Assignment, by: Person) -> AuditEntry:
    changes = {"user_id": {"after": made.user_id}, "target": {"after": made.target}}
    if made.due_date:
        changes["due_date"] = {"after": made.due_date}
    return audit_entry(
        by=by, action="assignment.created", object_type="assignment", object_id=made.assignment_id, changes=changes
    )
