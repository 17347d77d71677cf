"""People and their accounts, for Admins."""

from __future__ import annotations

from datetime import datetime

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from accounts import directory
from accounts.directory import Colleague
from accounts.enums import AccountState, Role
from accounts.forms import MAX_REASON
from accounts.http import Request
from accounts.people_list import MAX_TEXT, Row, Show, listing
from accounts.permissions import Permission, require
from accounts.services import people as services
from accounts.store import last_sign_ins
from accounts.team_pages import teams_of
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.answering import created
from core.api.idempotency import once
from core.api.schemas import Cursor, Input, Listing, Output

router = Router(tags=["Admin: people"], auth=Bearer(Area.ADMIN))


class PeopleQuery(BaseModel):
    show: Show = Show.ALL
    q: str = Field("", max_length=MAX_TEXT, description="The beginning of a name or an address; looks among everybody.")
    cursor: Cursor = ""


class PersonRow(Output):
    user_id: str
    name: str
    email: str
    role: str = Field(examples=["Approver"])
    state: str = Field(examples=["Active"])
    last_sign_in_at: datetime | None
    facts: dict[str, str] = Field(description="What she owns, is assigned and has earned, in words.")

    @classmethod
    def of(cls, row: Row) -> PersonRow:
        plain = {name: getattr(row, name) for name in ("user_id", "name", "email", "last_sign_in_at")}
        facts = {str(fact.label): str(fact.text) for fact in row.facts}
        return cls(**plain, role=str(row.role), state=str(row.state), facts=facts)


class PeopleList(Listing[PersonRow]):
    """As many as Cognito gives at a time, which can be few, or none, with more on the next page."""


class TeamPlace(Output):
    team_id: str
    name: str
    is_manager: bool


class PersonOut(Output):
    user_id: str
    name: str
    email: str
    role: Role
    state: AccountState
    has_password: bool = Field(description="Not, where she signs in with Google.")
    last_sign_in_at: datetime | None
    teams: list[TeamPlace]

    @classmethod
    def of(cls, found: Colleague) -> PersonOut:
        return cls(
            user_id=found.user_id,
            name=found.name,
            email=found.user.email,
            role=found.role,
            state=found.state,
            has_password=found.has_password,
            last_sign_in_at=last_sign_ins([found.user_id]).get(found.user_id),
            teams=[
                TeamPlace(team_id=team.team_id, name=team.name, is_manager=manages)
                for team, manages in teams_of(found.user_id)
            ],
        )


class Invitation(Input):
    email: str = Field(max_length=254, examples=["nadia@gravyty.com"])
    name: str = Field("", max_length=120)
    role: Role = Role.VIEWER


class RoleChange(Input):
    role: Role
    reason: str = Field("", max_length=MAX_REASON, description="Kept in the audit log.")


class Disabling(Input):
    reason: str = Field("", max_length=MAX_REASON, description="Kept in the audit log.")


@router.get("", response=PeopleList, operation_id="listPeople", summary="Who has an account")
def people(request: Request, wanted: Query[PeopleQuery]) -> PeopleList:
    require(request.user, Permission.PEOPLE_MANAGE)
    found = listing(request.user, wanted.show, " ".join(wanted.q.split()), wanted.cursor or None)
    return PeopleList(items=[PersonRow.of(row) for row in found.rows], next_cursor=found.next_cursor)


@router.post(
    "", response={201: PersonOut}, operation_id="invitePerson", summary="Make an account; Cognito writes to her"
)
@once()
def people_invite(request: Request, invitation: Invitation) -> Status[PersonOut]:
    user_id = services.invite(by=request.user, **invitation.model_dump())
    return created(request, f"admin/users/{user_id}", PersonOut.of(directory.colleague(user_id)))


@router.get("/{user_id}", response=PersonOut, operation_id="getPerson", summary="A person and her account")
def person(request: Request, user_id: str) -> PersonOut:
    require(request.user, Permission.PEOPLE_MANAGE)
    return PersonOut.of(directory.colleague(user_id))


@router.post("/{user_id}/role", response=PersonOut, operation_id="changeRole", summary="Give her another role")
def person_role(request: Request, user_id: str, change: RoleChange) -> PersonOut:
    """Never one's own, and never the last Admin's."""
    services.change_role(user_id=user_id, by=request.user, **change.model_dump())
    return PersonOut.of(directory.colleague(user_id))


@router.post("/{user_id}/disable", response=PersonOut, operation_id="disablePerson", summary="Close her account")
def person_disable(request: Request, user_id: str, why: Disabling) -> PersonOut:
    """She is signed out everywhere, and her access tokens are over. What she owns stays hers."""
    services.disable(user_id=user_id, by=request.user, reason=why.reason)
    return PersonOut.of(directory.colleague(user_id))


@router.post("/{user_id}/enable", response=PersonOut, operation_id="enablePerson", summary="Open it again")
def person_enable(request: Request, user_id: str) -> PersonOut:
    services.enable(user_id=user_id, by=request.user)
    return PersonOut.of(directory.colleague(user_id))


@router.post("/{user_id}/sign-out", response=PersonOut, operation_id="signOutPerson", summary="Sign her out everywhere")
def person_sign_out(request: Request, user_id: str) -> PersonOut:
    services.sign_out_everywhere(user_id=user_id, by=request.user)
    return PersonOut.of(directory.colleague(user_id))


@router.post(
    "/{user_id}/reset-password",
    response=PersonOut,
    operation_id="resetPassword",
    summary="Send her a code, or the invitation again",
)
def person_reset(request: Request, user_id: str) -> PersonOut:
    services.reset_password(user_id=user_id, by=request.user)
    return PersonOut.of(directory.colleague(user_id))
