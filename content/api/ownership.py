"""Handing over what somebody owns, for Admins. Its address stands among those about people."""

from __future__ import annotations

from django.utils.translation import gettext
from ninja import Router
from pydantic import Field

from accounts import directory
from accounts.enums import AccountState
from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content.services import ownership
from core.api.schemas import Cursor, Id, Input, Output
from core.errors import Invalid, NotFound

router = Router(tags=["Admin: people"], auth=Bearer(Area.ADMIN))


class HandOver(Input):
    to_user: Id = Field(description="A Contributor, an Approver or an Admin.")
    cursor: Cursor = ""


class HandedOver(Output):
    moved: int
    kept: int = Field(description="Those that others kept changing meanwhile: hand over once more.")
    next_cursor: str | None = Field(description="There is more than one request moves: goes into the next one.")


@router.post(
    "/{user_id}/hand-over", response=HandedOver, operation_id="handOver", summary="Give what she owns to somebody else"
)
def person_hand_over(request: Request, user_id: str, wanted: HandOver) -> HandedOver:
    """Some of it at a time, each thing with an audit entry of its own. What was moved stays moved."""
    require(request.user, Permission.PEOPLE_MANAGE)
    directory.colleague(user_id)
    done = ownership.hand_over(
        from_user=user_id, to_user=_new_owner(wanted.to_user).person, by=request.user, cursor=wanted.cursor or None
    )
    return HandedOver.model_validate(done)


def _new_owner(user_id: str) -> directory.Colleague:
    try:
        found = directory.colleague(user_id)
    except NotFound as error:
        raise Invalid(fields={"to_user": gettext("Nobody has this id.")}) from error
    if found.state is AccountState.DISABLED:
        raise Invalid(fields={"to_user": gettext("This account is disabled.")})
    return found
