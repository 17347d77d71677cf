"""What people are asked to take: her own assignments, and everybody's for those who assign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Annotated, Literal

from django.utils import timezone
from django.utils.translation import gettext
from ninja import Query, Router
from pydantic import BeforeValidator, Field

from accounts.enums import Role
from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core import clock
from core.api.schemas import Flag, Id, Input, Listing, Moment, Output
from core.errors import Invalid
from lms.documents.assignments import key_of
from lms.enums import AssignmentStatus
from lms.models import Assignment
from lms.pages import assigned
from lms.rules import dues
from lms.services import assignments
from lms.services.assignments import Given, Order, Outcome, When, people
from lms.services.assignments.changing import MOST_REASON
from lms.services.assignments.orders import MOST_NOTE
from lms.store import assignments as store
from metadata.api.faceted import NONE, Facet, FacetedQuery, Values

router = Router(tags=["Assignments"], auth=Bearer(Area.LEARNING))
_ASSIGNMENT = "/{user_id}/{assignment_id}"
MOST_AT_ONCE = 100
"""New assignments of one request with a role; asked once more, the next ones are made."""


class AssignmentQuery(FacetedQuery):
    """The filters of the assigners' list, under the same names."""

    state: Values = Field([], max_length=6, description="For example `overdue`.")
    due: Values = Field([], max_length=5, description="`past`, `week`, `month`, `later`, `none`.")
    target: Values = Field([], max_length=50, description="`course:ID` or `path:ID`.")
    who: Values = Field([], max_length=50, description="Ids of people; `me` is you.")
    by: Values = NONE
    sort: Literal["", "title", "newest"] = Field("", description="`title` is by due date.")


class AssignmentOut(Output):
    assignment_id: str
    user_id: str = Field(description="Who is to take it.")
    kind: Literal["course", "path"]
    target_id: str
    title: str
    state: AssignmentStatus
    due_at: datetime | None
    due_on: date | None = Field(description="The day, where it is due at the end of a day.")
    due_zone: str | None
    note: str
    cycle: int
    origin: str = Field(description="What asked for it, for example `manual`.")
    assigned_by_user_id: str
    assigned_at: datetime
    completed_at: datetime | None
    late: bool | None
    closed_reason: str | None

    @classmethod
    def of(cls, one: Assignment) -> AssignmentOut:
        kind, _, target_id = str(one.target).partition(":")
        derived = {"kind", "target_id", "state"}
        return cls(
            kind=kind,  # type: ignore[arg-type]
            target_id=target_id,
            state=dues.shown_status(one.status, one.due_at, clock.now()),
            **{name: getattr(one, name) for name in cls.model_fields if name not in derived},
        )


class AssignmentRow(Output):
    """As the assigners' list shows it."""

    user_id: str
    assignment_id: str
    person: str = Field(description="Her name.")
    target: str = Field(examples=["course:01jd2v7m3s8q4k6w9x0y1z2a3b"])
    title: str
    state: AssignmentStatus
    due_at: datetime | None
    due_words: str = Field(examples=["Fri, Nov 27, end of day New York time"])
    assigned_at: datetime
    completed_at: datetime | None
    late: bool
    is_open: bool
    percent: int = Field(description="How far she is; told where the list is of one course or path.")

    @classmethod
    def of(cls, row: assigned.Row) -> AssignmentRow:
        user_id, assignment_id = key_of(row.key)
        plain = {name: getattr(row, name) for name in cls.model_fields if not name.endswith("_id")}
        return cls(user_id=user_id, assignment_id=assignment_id, **plain)


class AssignmentList(Listing[AssignmentRow]):
    total: int
    facets: list[Facet]


class OwnAssignments(Output):
    """At most 500, by due date."""

    items: list[AssignmentOut]


def _written(value: object) -> object:
    """Else a number would be taken for seconds since 1970."""
    if value is not None and not (isinstance(value, str) and len(value) == len("2027-03-31")):
        raise ValueError("Write a day as 2027-03-31.")
    return value


Day = Annotated[date, BeforeValidator(_written)]


class Due(Input):
    """A day, which ends where each person lives; or one instant for everybody; or neither."""

    due_on: Day | None = Field(None, examples=["2027-03-31"])
    due_at: Moment | None = None

    def when(self) -> When:
        if self.due_on and self.due_at:
            raise Invalid(fields={"due_at": gettext("Give a day or an instant, not both.")})
        if self.due_on and (problem := dues.problem_with_day(self.due_on)):
            raise Invalid(fields={"due_on": problem})
        return When(self.due_on, self.due_at, timezone.get_current_timezone_name() if self.due_at else "")


class NewAssignments(Due):
    """Whom: `people` by their ids, or everybody with a `role`."""

    kind: Literal["course", "path"]
    target_id: Id
    people: list[Id] = Field([], max_length=people.MOST_CHOSEN, description="Ids of people.")
    role: Role | Literal["everybody"] | None = None
    note: str = Field("", max_length=MOST_NOTE)
    must_redo: Flag = Field(False, description="Also whoever completed it before, and is still certified.")
    dry_run: Flag = Field(False, description="Say what would become of each, and write nothing.")

    def order(self) -> Order:
        return Order(assignments.target_of(self.kind, self.target_id), self.when(), self.note, self.must_redo)


class AssignmentOutcome(Output):
    """What became, or would become, of one person."""

    user_id: str
    outcome: Outcome
    assignment_id: str
    why: str


class AssignmentOutcomes(Output):
    items: list[AssignmentOutcome]
    more: bool = Field(description="There are more people than one request assigns to: send it again.")


class WhyNot(Input):
    reason: str = Field("", max_length=MOST_REASON)


@router.get("/mine", response=OwnAssignments, operation_id="listMyAssignments", summary="What I am asked to take")
def assignments_mine(request: Request) -> OwnAssignments:
    return OwnAssignments(items=[AssignmentOut.of(one) for one in store.assignments_of(request.user.user_id)])


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
    told, new = [], 0
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
    return AssignmentOut.of(store.assignment_by_id(user_id, assignment_id))


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
