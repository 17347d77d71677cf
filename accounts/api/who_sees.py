"""Who can see a thing, and why, for Admins: the same clauses that lists and pages go by."""

from __future__ import annotations

from ninja import Query, Router
from pydantic import BaseModel, Field

from accounts import visibility
from accounts.directory import colleague
from accounts.enums import Role
from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Output
from core.errors import NotFound

router = Router(tags=["Admin: who can see"], auth=Bearer(Area.ADMIN))


class AskedFor(BaseModel):
    person: str = Field("", max_length=200, description="The id of somebody to ask for.")


class SeesRole(Output):
    """For somebody of that role who has nothing to do with the thing. Without grounds she does not see it."""

    role: Role
    grounds: list[str]


class SeesPerson(Output):
    user_id: str
    name: str
    role: Role | None = Field(description="Null for somebody who has no account any more.")
    involved: str = Field(description="What she has to do with it, in words; empty for who was asked for.")
    grounds: list[str]


class WhoSees(Output):
    kind: str
    title: str
    state: str
    url: str
    roles: list[SeesRole]
    people: list[SeesPerson]


@router.get(
    "/{kind}/{thing_id}",
    response=WhoSees,
    operation_id="whoCanSee",
    summary="Who sees an item, a course or a path, and why",
)
def who_can_see(request: Request, kind: str, thing_id: str, asked: Query[AskedFor]) -> WhoSees:
    require(request.user, Permission.AUDIT_READ)
    noun = visibility.noun(kind)
    subject = noun.load(thing_id)
    people = ({asked.person: ""} if asked.person else {}) | dict(subject.involved)
    return WhoSees(
        kind=kind,
        title=subject.title,
        state=str(subject.state),
        url=subject.url,
        roles=[
            SeesRole(role=role, grounds=visibility.grounds(kind, subject, visibility.stranger(role))) for role in Role
        ],
        people=[_told(kind, subject, *both) for both in people.items()],
    )


def _told(kind: str, subject: visibility.Subject, user_id: str, involved: str) -> SeesPerson:
    try:
        person: Person = colleague(user_id).person
    except NotFound:
        return SeesPerson(user_id=user_id, name="", role=None, involved=str(involved), grounds=[])
    grounds = visibility.grounds(kind, subject, person)
    return SeesPerson(user_id=user_id, name=person.name, role=person.role, involved=str(involved), grounds=grounds)
