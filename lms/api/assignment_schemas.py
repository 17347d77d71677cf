"""What the routes of assignments take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import BeforeValidator, Field

from accounts.enums import Role
from core import clock
from core.api.schemas import Flag, Id, Input, Listing, Moment, Output
from core.errors import Invalid
from lms.documents.assignments import key_of
from lms.enums import AssignmentStatus
from lms.models import Assignment
from lms.pages import assigned
from lms.rules import dues
from lms.services import assignments
from lms.services.assignments import Order, Outcome, When, people
from lms.services.assignments.changing import MOST_REASON
from lms.services.assignments.orders import MOST_NOTE
from metadata.api.faceted import NONE, Facet, FacetedQuery, Values


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
