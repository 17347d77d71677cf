"""Standing assignments: what whoever joins a team, or gets a role, is asked to take. For those who assign."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.utils.translation import gettext
from ninja import Router
from pydantic import Field

from accounts.enums import Role
from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Cursor, Flag, Id, Input, Listing, Number, Output
from core.errors import Invalid
from lms.pages.standing import RuleRow, listing, rows_of
from lms.services.assignments import joining, standing, target_of
from lms.services.assignments.orders import MOST_NOTE
from lms.services.assignments.standing import MOST_DAYS, Whom
from lms.store.standing import rule_by_id

router = Router(tags=["Assignments"], auth=Bearer(Area.LEARNING))
_ONE = "/{whom}/{rule_id}"
Days = Annotated[
    Annotated[Number, Field(ge=1, le=MOST_DAYS)] | None, Field(description="Due so many days after joining; or never.")
]
Note = Annotated[str, Field(max_length=MOST_NOTE)]


class StandingOut(Output):
    whom: str = Field(description="Part of its address, with `rule_id`.", examples=["team:01jd2v7m3s8q4k6w9x0y1z2a3b"])
    rule_id: str
    told: str = Field(description="For whom, in words.", examples=["Team Sales, North"])
    target: str = Field(examples=["course:01jd2v7m3s8q4k6w9x0y1z2a3b"])
    title: str
    days: int | None
    note: str
    active: bool
    started_by: str = Field(description="Her name.")
    started_at: datetime

    @classmethod
    def of(cls, row: RuleRow) -> StandingOut:
        plain = {name: getattr(row.rule, name) for name in ("whom", "rule_id", "target", "title", "days", "note")}
        return cls(
            **plain,
            told=row.whom,
            active=bool(row.rule.active),
            started_by=row.started_by,
            started_at=row.started_at,
        )


class StandingList(Listing[StandingOut]):
    """Those in force."""


class NewStanding(Input):
    """For whoever is in the team `team_id`, or has the `role`."""

    kind: Literal["course", "path"]
    target_id: Id
    team_id: Id | None = None
    role: Role | Literal["everybody"] | None = None
    days: Days = None
    note: Note = ""

    def whom(self) -> Whom:
        if bool(self.team_id) == bool(self.role):
            raise Invalid(fields={"team_id": gettext("Name a team, or a role.")})
        if self.team_id:
            return Whom(team_id=self.team_id)
        return Whom(role=None if self.role in (None, "everybody") else Role(self.role))


class StandingChange(Input):
    """For who joins from now on; what was given stays as it is."""

    days: Days
    note: Note = ""


class StandingEnd(Input):
    withdraw: Flag = Field(False, description="Take back what nobody has begun.")


@router.get("", response=StandingList, operation_id="listStandingAssignments", summary="What is given to who joins")
def standing_found(request: Request, cursor: Cursor = "") -> StandingList:
    require(request.user, Permission.LEARNING_ASSIGN)
    rows, following = listing(cursor or None)
    return StandingList(items=[StandingOut.of(row) for row in rows], next_cursor=following)


@router.post(
    "", response=StandingOut, operation_id="beginStandingAssignment", summary="Give it to who is in, and joins"
)
def standing_begin(request: Request, new: NewStanding) -> StandingOut:
    require(request.user, Permission.LEARNING_ASSIGN)
    whom, target = new.whom(), target_of(new.kind, new.target_id)
    rule = standing.begin(whom=whom, target=target, days=new.days, note=new.note, by=request.user)
    joining.go_on(rule)
    return _shown(rule.whom, rule.rule_id)


@router.get(_ONE, response=StandingOut, operation_id="getStandingAssignment", summary="A standing assignment")
def standing_one(request: Request, whom: str, rule_id: str) -> StandingOut:
    require(request.user, Permission.LEARNING_ASSIGN)
    return _shown(whom, rule_id)


@router.put(_ONE, response=StandingOut, operation_id="changeStandingAssignment", summary="Change its days and note")
def standing_change(request: Request, whom: str, rule_id: str, change: StandingChange) -> StandingOut:
    require(request.user, Permission.LEARNING_ASSIGN)
    rule = rule_by_id(whom, rule_id, fresh=True)
    standing.change(rule=rule, days=change.days, note=change.note, by=request.user)
    return _shown(whom, rule_id)


@router.post(
    f"{_ONE}/end", response=StandingOut, operation_id="endStandingAssignment", summary="Give it to nobody more"
)
def standing_end(request: Request, whom: str, rule_id: str, how: StandingEnd) -> StandingOut:
    require(request.user, Permission.LEARNING_ASSIGN)
    ended = standing.end(rule=rule_by_id(whom, rule_id, fresh=True), withdraw=how.withdraw, by=request.user)
    if ended.under_way:
        joining.go_on(ended)
    return _shown(whom, rule_id)


def _shown(whom: str, rule_id: str) -> StandingOut:
    return StandingOut.of(rows_of([rule_by_id(whom, rule_id, fresh=True)])[0])
