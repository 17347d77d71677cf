"""Teams, for Admins: made, named, filled and taken apart."""

from __future__ import annotations

from datetime import datetime

from ninja import Router, Status
from pydantic import Field

from accounts.enums import TeamRole
from accounts.http import Request
from accounts.lookup import enabled_among
from accounts.permissions import Permission, require
from accounts.services import teams as services
from accounts.store import teams as store
from accounts.team_pages import MOST_CHOSEN, TeamPage, chosen_in, listing, team_page
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.answering import created
from core.api.idempotency import made_id, once
from core.api.schemas import Cursor, Id, Input, Listing, Output
from core.errors import Invalid

router = Router(tags=["Admin: teams"], auth=Bearer(Area.ADMIN))
TEAM_ID = "01jd2v7m3s8q4k6w9x0y1z2a3b"


class TeamRow(Output):
    team_id: str = Field(examples=[TEAM_ID])
    name: str = Field(examples=["Sales, North"])
    people: int
    managers: str = Field(description="Their names.")


class TeamList(Listing[TeamRow]):
    """By name."""


class TeamMember(Output):
    user_id: str
    name: str
    is_manager: bool
    joined_at: datetime


class TeamOut(Output):
    team_id: str = Field(examples=[TEAM_ID])
    name: str
    people: list[TeamMember] = Field(description="Managers first, then by name.")
    facts: dict[str, str] = Field(description="What else the portal knows of the team, in words.")

    @classmethod
    def of(cls, page: TeamPage) -> TeamOut:
        return cls(
            team_id=page.team.team_id,
            name=page.team.name,
            people=[TeamMember.model_validate(place) for place in page.places],
            facts={str(fact.label): str(fact.text) for fact in page.facts},
        )


class TeamName(Input):
    name: str = Field(max_length=200, examples=["Sales, North"])


class NewMembers(Input):
    people: list[Id] = Field(min_length=1, max_length=MOST_CHOSEN)
    role: TeamRole = TeamRole.MEMBER


@router.get("", response=TeamList, operation_id="listTeams", summary="All teams")
def teams(request: Request, cursor: Cursor = "") -> TeamList:
    require(request.user, Permission.PEOPLE_MANAGE)
    found = listing(cursor or None)
    return TeamList(items=[TeamRow.model_validate(row) for row in found.rows], next_cursor=found.next_cursor)


@router.get("/{team_id}", response=TeamOut, operation_id="getTeam", summary="A team and its people")
def team(request: Request, team_id: str) -> TeamOut:
    require(request.user, Permission.PEOPLE_MANAGE)
    return _shown(request, team_id)


@router.post("", response={201: TeamOut}, operation_id="createTeam", summary="Make a team")
@once(lambda request, team_id: created(request, f"admin/teams/{team_id}", _shown(request, team_id)))
def team_create(request: Request, new: TeamName) -> Status[TeamOut]:
    made = services.create(name=new.name, by=request.user, team_id=made_id(request))
    return created(request, f"admin/teams/{made.team_id}", _shown(request, made.team_id))


@router.patch("/{team_id}", response=TeamOut, operation_id="renameTeam", summary="Give it another name")
def team_rename(request: Request, team_id: str, change: TeamName) -> TeamOut:
    services.rename(team_id=team_id, name=change.name, by=request.user)
    return _shown(request, team_id)


@router.delete(
    "/{team_id}", response={204: None}, operation_id="deleteTeam", summary="Delete it, with all places in it"
)
def team_delete(request: Request, team_id: str) -> Status[None]:
    services.delete(team_id=team_id, by=request.user)
    return Status(204, None)


@router.post(
    "/{team_id}/people", response=TeamOut, operation_id="addToTeam", summary="Add people, or change their role"
)
def team_add(request: Request, team_id: str, new: NewMembers) -> TeamOut:
    require(request.user, Permission.PEOPLE_MANAGE)
    store.team_by_id(team_id)
    wanted = chosen_in(new.people)
    known = [user.user_id for user in enabled_among(wanted)]
    if unknown := [user_id for user_id in wanted if user_id not in known]:
        raise Invalid(fields={"people": f"Nobody who can sign in has the id {unknown[0]}."})
    services.add(team_id=team_id, user_ids=known, role=new.role, by=request.user)
    return _shown(request, team_id)


@router.delete("/{team_id}/people/{user_id}", response=TeamOut, operation_id="removeFromTeam", summary="Take her out")
def team_remove(request: Request, team_id: str, user_id: str) -> TeamOut:
    """Taking her out twice changes nothing."""
    services.remove(team_id=team_id, user_ids=[user_id], by=request.user)
    return _shown(request, team_id)


def _shown(request: Request, team_id: str) -> TeamOut:
    return TeamOut.of(team_page(request.user, team_id))
