"""How the members of a team keep up, for those who manage it. Never an answer to a quiz."""

from __future__ import annotations

from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext
from ninja import Query, Router
from pydantic import BaseModel, Field

from accounts.enums import Role
from accounts.http import Request
from accounts.person import Person
from accounts.services.managing import managed_by, team_and_member
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Cursor, Listing, Output
from lms.api.courses import CourseRow
from lms.enums import CertificateState
from lms.pages.mine import Begun, mine
from lms.pages.team_assigned import Open
from lms.pages.team_progress import Member, team_progress
from lms.rules.pace import Pace

router = Router(tags=["Teams"], auth=Bearer(Area.LEARNING))


class ManagedTeam(Output):
    team_id: str
    name: str
    people: int


class ManagedTeams(Output):
    items: list[ManagedTeam]


class TeamProgressQuery(BaseModel):
    pace: Pace | None = Field(None, description="Only those who keep up so.")
    cursor: Cursor = ""


class OpenAssignment(Output):
    title: str = Field(description="Empty where it is not yours to see.")
    percent: int
    overdue: bool
    due_at: datetime | None
    due_words: str


class MemberProgress(Output):
    user_id: str
    name: str
    pace: Pace
    open: int = Field(description="Of her assignments, as are the three below.")
    overdue: int
    soon: int = Field(description="Due within seven days, and not begun.")
    completed: int
    next: list[OpenAssignment] = Field(description="The first three that are due.")

    @classmethod
    def of(cls, member: Member, opened: list[Open]) -> MemberProgress:
        counts = {name: getattr(member.counts, name) for name in ("open", "overdue", "soon", "completed", "pace")}
        following = [OpenAssignment.model_validate(one) for one in opened]
        return cls(user_id=member.user_id, name=member.name, next=following, **counts)


class TeamProgressList(Listing[MemberProgress]):
    """Who wants attention first."""

    name: str
    members: int


class MemberCourse(Output):
    course: CourseRow
    last_at: datetime
    completed_at: datetime | None
    valid_until: datetime | None
    certificate_state: CertificateState | None

    @classmethod
    def of(cls, begun: Begun) -> MemberCourse:
        plain = {name: getattr(begun, name) for name in cls.model_fields if name != "course"}
        return cls(course=CourseRow.model_validate(begun.card), **plain)


class MemberAssignment(Output):
    title: str
    is_path: bool
    percent: int
    begun: bool
    overdue: bool
    due_at: datetime | None
    due_words: str


class MemberLearning(Output):
    """What she has begun, was assigned and has completed, as far as you may see the courses yourself."""

    user_id: str
    name: str
    going_on: list[MemberCourse]
    completed: list[MemberCourse]
    assigned: list[MemberAssignment]


@router.get("", response=ManagedTeams, operation_id="listManagedTeams", summary="The teams that I manage")
def teams_managed(request: Request) -> ManagedTeams:
    return ManagedTeams(items=[ManagedTeam.model_validate(team) for team in managed_by(request.user)])


@router.get("/{team_id}", response=TeamProgressList, operation_id="getTeamProgress", summary="How its members keep up")
def team_progress_found(request: Request, team_id: str, wanted: Query[TeamProgressQuery]) -> TeamProgressList:
    """For its managers, and for Admins."""
    query = QueryDict(mutable=True)
    query.update({"pace": wanted.pace or "", "cursor": wanted.cursor})
    found = team_progress(request.user, team_id, query)
    return TeamProgressList(
        items=[MemberProgress.of(member, list(opened)) for member, opened in found.rows],
        next_cursor=found.next_cursor,
        name=found.team.name,
        members=found.members,
    )


@router.get(
    "/{team_id}/people/{user_id}",
    response=MemberLearning,
    operation_id="getMemberLearning",
    summary="How one of them is",
)
def team_member(request: Request, team_id: str, user_id: str) -> MemberLearning:
    _, name = team_and_member(team_id, user_id, request.user)
    name = name or gettext("Somebody who never signed in")
    shown = mine(Person(user_id, name, Role.VIEWER), told_to=request.user)
    return MemberLearning(
        user_id=user_id,
        name=name,
        going_on=[MemberCourse.of(one) for one in shown.going_on],
        completed=[MemberCourse.of(one) for one in shown.completed],
        assigned=[MemberAssignment.model_validate(one) for one in shown.assigned],
    )
