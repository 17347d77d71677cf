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
from core.events import Event, telling
from lms.enums import AssignmentStatus
from lms.models import Assignment, CourseProgress, PathProgress
from lms.services import cycles
from lms.services.assignments import orders
from lms.services.assignments.orders import Order
from lms.store import assignments as store
from lms.store import learning as rows

_AT_ONCE = 100
_TRIES = 3
_MAY_COME_BACK = frozenset({AssignmentStatus.CANCELLED.value, AssignmentStatus.WAIVED.value})
Wanted = tuple[str, Order]
"""A person's id, and what is to be assigned to her."""


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

    @property
    def begun(self) -> bool:
        """A cycle that was opened for her is not begun before she is at a lesson."""
        return self.progress is not None and (self.cycle == 1 or bool(getattr(self.progress, "last_lesson_id", None)))

    def done_at(self, now: datetime) -> datetime | None:
        """When she completed it, if that still counts."""
        if self.progress is None:
            return None
        until = getattr(self.progress, "valid_until", None)
        return self.progress.completed_at if until is None or until > now else None


def assign(*, user_ids: Iterable[str], order: Order, by: Person, dry_run: bool = False) -> Iterator[Given]:
    """The same for all of them, each once. Raises Invalid, Refused before the first."""
    require(by, Permission.LEARNING_ASSIGN)
    orders.check(order)
    return give(wanted=((user_id, order) for user_id in dict.fromkeys(user_ids)), by=by, dry_run=dry_run)


def give(*, wanted: Iterable[Wanted], by: Person, dry_run: bool = False) -> Iterator[Given]:
    """One by one, in order: what cannot be assigned to one person stops nobody else's."""
    require(by, Permission.LEARNING_ASSIGN)
    left = iter(wanted)
    while some := list(islice(left, _AT_ONCE)):
        known = _standings(some)
        there = _already(some, known)
        for user_id, order in some:
            standing = known[user_id, order.target.key]
            try:
                orders.check(order)
                drafted = _draft(user_id, standing, order, by)
                if drafted.assignment_id in there:
                    yield Given(user_id, Outcome.UNCHANGED, drafted.assignment_id)
                else:
                    yield _one(user_id, standing, order, by, dry_run)
            except PortalError as error:
                yield Given(user_id, Outcome.REFUSED, why=error.message)


def assignment_id_for(user_id: str, target: str, cycle: int, origin: str) -> str:
    """The same for the same: two who assign at once make one assignment."""
    return sha256("\0".join((user_id, target, str(cycle), origin)).encode()).hexdigest()[:26]


def _standings(wanted: Sequence[Wanted]) -> Mapping[tuple[str, str], _Standing]:
    """In one BatchGet of profiles and one of each kind of progress."""
    profiles = profiles_of({user_id: None for user_id, _ in wanted})
    keys = {(user_id, order.target.key): None for user_id, order in wanted}
    progress = rows.progress_towards(list(keys))
    return {key: _Standing(progress.get(key), orders.zone_of(profiles.get(key[0]))) for key in keys}


def _id_of(user_id: str, order: Order, cycle: int) -> str:
    """A standing assignment asks once, in whichever cycle: a certificate that runs out is no new request."""
    return assignment_id_for(user_id, order.target.key, 0 if order.is_standing else cycle, order.origin)


def _may_come_back(one: Assignment, order: Order) -> bool:
    """A standing assignment gives again only what it took back itself; what people decided stays."""
    if order.is_standing:
        return one.status == AssignmentStatus.CANCELLED and one.closed_by == order.origin
    return one.status in _MAY_COME_BACK


def _already(wanted: Sequence[Wanted], known: Mapping[tuple[str, str], _Standing]) -> set[str]:
    """The ids of those that were assigned before, in one BatchGet, so that a long list given again is quickly done."""
    orders_by_id: dict[tuple[str, str], Order] = {}
    for user_id, order in wanted:
        cycle = known[user_id, order.target.key].cycle
        orders_by_id[user_id, _id_of(user_id, order, cycle)] = order
    found = store.assignments_by_keys(list(orders_by_id))
    return {one.assignment_id for one in found if not _may_come_back(one, orders_by_id[one.user_id, one.assignment_id])}


def _one(user_id: str, standing: _Standing, order: Order, by: Person, dry_run: bool) -> Given:
    for _try in range(_TRIES):
        made = _draft(user_id, standing, order, by)
        before = store.find_assignment(user_id, made.assignment_id, fresh=True)
        if before and not _may_come_back(before, order):
            return Given(user_id, Outcome.UNCHANGED, made.assignment_id)
        if not dry_run:
            try:
                _save(made, before, standing, by)
            except Stale:
                standing = _standings([(user_id, order)])[user_id, order.target.key]
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
    begun = standing.begun and not anew
    made = Assignment(
        user_id=user_id,
        assignment_id=_id_of(user_id, order, cycle),
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
    checks = [rows.still_as_far(made.user_id, made.target, standing.progress)]
    if made.cycle > standing.cycle:
        cycles.open_next(user_id=made.user_id, course_id=made.course_id, by=by)
        checks = []
    told = {"user_id": made.user_id, "target": made.target, "due_at": made.due_date, "origin": made.origin}
    events = [Event("assignment.created", made.assignment_id, by.user_id, told)]
    if made.status == AssignmentStatus.COMPLETED:
        events.append(Event("assignment.completed", made.assignment_id, made.user_id, {**told, "late": False}))
    with telling(*events):
        store.save(made, *checks, audit=[_entry(made, by)])


def _entry(made: Assignment, by: Person) -> AuditEntry:
    changes = {"user_id": {"after": made.user_id}, "target": {"after": made.target}}
    if made.due_date:
        changes["due_date"] = {"after": made.due_date}
    return audit_entry(
        by=by, action="assignment.created", object_type="assignment", object_id=made.assignment_id, changes=changes
    )
