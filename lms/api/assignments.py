"""What people are asked to take: her own assignments, and everybody's for those who assign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext
from ninja import Query, Router

from accounts.enums import Role
from accounts.http import Request
from accounts.permissions import Permission, can, require
from accounts.person import Person
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.errors import Invalid, NotFound
from lms.api.assignment_schemas import (
    AssignmentList,
    AssignmentOut,
    AssignmentOutcome,
    AssignmentOutcomes,
    AssignmentQuery,
    AssignmentRow,
    Due,
    NewAssignments,
    OwnAssignments,
    WhyNot,
)
from lms.pages import assigned
from lms.pages.own_assigned import own_assignments, visible
from lms.services import assignments
from lms.services.assignments import Given, Outcome, people
from lms.store import assignments as store
from metadata.api.faceted import Facet

router = Router(tags=["Assignments"], auth=Bearer(Area.LEARNING))
_ASSIGNMENT = "/{user_id}/{assignment_id}"
MOST_AT_ONCE = 100
"""New assignments of one request with a role; asked once more, the next ones are made."""


@router.get("/mine", response=OwnAssignments, operation_id="listMyAssignments", summary="What I am asked to take")
def assignments_mine(request: Request) -> OwnAssignments:
    return OwnAssignments(items=[AssignmentOut.of(one) for one in own_assignments(request.user)])


@router.get("", response=AssignmentList, operation_id="listAssignments", summary="Everybody's; for those who assign")
def assignments_found(request: Request, wanted: Query[AssignmentQuery]) -> AssignmentList:
    require(request.user, Permission.LEARNING_ASSIGN)
    filters = assigned.asked(wanted.query(assigned.LIST), request.user)
    found = assigned.listing(request.user, filters, wanted.cursor or None)
    return AssignmentList(
        items=[AssignmentRow.of(row) for row in found.rows],
        next_cursor=found.next_cursor,
        total=found.total,
        facets=[Facet.model_validate(facet) for facet in found.facets],
    )


@router.post("", response=AssignmentOutcomes, operation_id="assign", summary="Assign a course or a path to people")
def assignments_give(request: Request, body: NewAssignments) -> AssignmentOutcomes:
    """Each person once, however often it is sent: who has it already is told so."""
    require(request.user, Permission.LEARNING_ASSIGN)
    if bool(body.people) == bool(body.role):
        raise Invalid(fields={"people": gettext("Name people, or a role.")})
    order = body.order()
    known = _known(request.user, body)
    given = assignments.assign(user_ids=known, order=order, by=request.user, dry_run=body.dry_run)
    told, more = _first(given)
    return AssignmentOutcomes(items=[*_unknown(body, known), *told], more=more)


def _known(by: Person, body: NewAssignments) -> Iterable[str]:
    if body.people:
        return [one.user_id for one in people.named(body.people, by=by)]
    return people.with_role(None if body.role in (None, "everybody") else Role(body.role), by=by)


def _unknown(body: NewAssignments, known: Iterable[str]) -> Iterator[AssignmentOutcome]:
    """Of those who were named, the ones who cannot sign in."""
    for user_id in dict.fromkeys(body.people):
        if user_id not in known:
            why = gettext("Nobody with this id can sign in.")
            yield AssignmentOutcome(user_id=user_id, outcome=Outcome.REFUSED, assignment_id="", why=why)


def _first(given: Iterator[Given]) -> tuple[list[AssignmentOutcome], bool]:
    """Until enough that is new was written; and whether somebody is left."""
    told: list[AssignmentOutcome] = []
    new = 0
    for one in given:
        if new >= MOST_AT_ONCE:
            return told, True
        told.append(AssignmentOutcome.model_validate(one))
        new += one.outcome in (Outcome.ASSIGNED, Outcome.COMPLETED)
    return told, False


@router.get(_ASSIGNMENT, response=AssignmentOut, operation_id="getAssignment", summary="An assignment")
def assignment(request: Request, user_id: str, assignment_id: str) -> AssignmentOut:
    """Your own; those who assign read everybody's."""
    if user_id != request.user.user_id:
        require(request.user, Permission.LEARNING_ASSIGN)
    found = store.assignment_by_id(user_id, assignment_id)
    if not can(request.user, Permission.LEARNING_ASSIGN) and not visible(request.user, [found]):
        raise NotFound()
    return AssignmentOut.of(found)


@router.post(
    f"{_ASSIGNMENT}/extend", response=AssignmentOut, operation_id="extendAssignment", summary="Another due date"
)
def assignment_extend(request: Request, user_id: str, assignment_id: str, body: Due) -> AssignmentOut:
    """Or none. Reminders begin anew."""
    require(request.user, Permission.LEARNING_ASSIGN)
    when = body.when()
    return AssignmentOut.of(
        assignments.extend(user_id=user_id, assignment_id=assignment_id, when=when, by=request.user)
    )


@router.post(f"{_ASSIGNMENT}/waive", response=AssignmentOut, operation_id="waiveAssignment", summary="Need not be done")
def assignment_waive(request: Request, user_id: str, assignment_id: str, body: WhyNot) -> AssignmentOut:
    """The person sees that it was waived, and why."""
    return AssignmentOut.of(
        assignments.waive(user_id=user_id, assignment_id=assignment_id, reason=body.reason, by=request.user)
    )


@router.post(f"{_ASSIGNMENT}/cancel", response=AssignmentOut, operation_id="cancelAssignment", summary="Never meant")
def assignment_cancel(request: Request, user_id: str, assignment_id: str, body: WhyNot) -> AssignmentOut:
    """The person does not see it any more; what was learned stays."""
    return AssignmentOut.of(
        assignments.cancel(user_id=user_id, assignment_id=assignment_id, reason=body.reason, by=request.user)
    )
