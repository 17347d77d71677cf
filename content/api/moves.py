"""The moves of the lifecycle, each held against the version of the item that was read."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router, Status
from pydantic import Field

from accounts import directory
from accounts.directory import Colleague
from accounts.enums import AccountState
from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content import store
from content.api.schemas import PERSON_ID, Item
from content.services import drafts, giving, lifecycle, schedule
from core.api import etags
from core.api.schemas import Id, IfMatch, Input, Moment
from core.errors import Invalid, NotFound

router = Router(tags=["Library: lifecycle"], auth=Bearer(Area.CONTENT))

_ANSWERS = {200: Item, 204: None}
Answer = Item | Status[None]
ReasonText = Annotated[str, Field(max_length=lifecycle.MAX_REASON, examples=["The price list of March replaces it."])]


class MoveReason(Input):
    reason: ReasonText


class OwnReason(Input):
    reason: Annotated[ReasonText, Field(description="For Admins who decide about their own item.")] = ""


_NO_REASON = OwnReason()


class Deprecation(MoveReason):
    replacement_id: Id | None = Field(None, description="The approved item to use instead.")


class ItemDates(Input):
    go_live_at: Moment | None = Field(description="Null: as soon as it is approved.")
    expire_at: Moment | None = Field(description="Null: it stays until somebody retires it.")
    review_every_days: Literal[30, 60, 90, 180, 365]


class ItemOwner(Input):
    to_user_id: Id = Field(examples=[PERSON_ID])


@router.post("/{content_id}/submit", response=_ANSWERS, operation_id="submit", summary="Submit the draft for review")
def submit(request: Request, content_id: str, if_match: IfMatch) -> Answer:
    """Refused with what is missing (`400`); a draft lists it as `missing`."""
    with etags.matching():
        lifecycle.submit(content_id=content_id, seen_rev=etags.seen(if_match), by=request.user)
    return _what_it_became(request, content_id)


@router.post("/{content_id}/withdraw", response=_ANSWERS, operation_id="withdraw", summary="Take it back from review")
def withdraw(request: Request, content_id: str, if_match: IfMatch) -> Answer:
    with etags.matching():
        lifecycle.withdraw(content_id=content_id, seen_rev=etags.seen(if_match), by=request.user)
    return _what_it_became(request, content_id)


@router.post("/{content_id}/approve", response=_ANSWERS, operation_id="approve", summary="Put it before the readers")
def approve(request: Request, content_id: str, if_match: IfMatch, body: OwnReason = _NO_REASON) -> Answer:
    """`If-Match` names what you have reviewed: whatever was changed since is not approved by it."""
    with etags.matching():
        seen = etags.seen(if_match)
        item = drafts.readable(content_id, request.user, seen)
        version = store.find_version(content_id, int(item.work_version or 0), fresh=True)
        lifecycle.approve(
            content_id=content_id,
            seen_hash=(version.content_hash if version else None) or "",
            reason=body.reason,
            seen_rev=seen,
            by=request.user,
        )
    return _what_it_became(request, content_id)


@router.post(
    "/{content_id}/request-changes",
    response=_ANSWERS,
    operation_id="requestChanges",
    summary="Send it back, saying why",
)
def request_changes(request: Request, content_id: str, if_match: IfMatch, body: MoveReason) -> Answer:
    with etags.matching():
        seen = etags.seen(if_match)
        lifecycle.request_changes(content_id=content_id, reason=body.reason, seen_rev=seen, by=request.user)
    return _what_it_became(request, content_id)


@router.post("/{content_id}/verify", response=_ANSWERS, operation_id="verify", summary="Say that it is still correct")
def verify(request: Request, content_id: str, if_match: IfMatch) -> Answer:
    with etags.matching():
        lifecycle.verify(content_id=content_id, seen_rev=etags.seen(if_match), by=request.user)
    return _what_it_became(request, content_id)


@router.post(
    "/{content_id}/deprecate", response=_ANSWERS, operation_id="deprecate", summary="Say not to use it any more"
)
def deprecate(request: Request, content_id: str, if_match: IfMatch, body: Deprecation) -> Answer:
    """It stays readable by its link, with a banner that names the replacement."""
    with etags.matching():
        seen = etags.seen(if_match)
        lifecycle.deprecate(content_id=content_id, seen_rev=seen, by=request.user, **vars(body))
    return _what_it_became(request, content_id)


@router.post("/{content_id}/expire", response=_ANSWERS, operation_id="expire", summary="Retire it now")
def expire(request: Request, content_id: str, if_match: IfMatch, body: MoveReason) -> Answer:
    with etags.matching():
        seen = etags.seen(if_match)
        lifecycle.expire(content_id=content_id, reason=body.reason, seen_rev=seen, by=request.user)
    return _what_it_became(request, content_id)


@router.post("/{content_id}/restore", response=_ANSWERS, operation_id="restore", summary="Bring back what was retired")
def restore(request: Request, content_id: str, if_match: IfMatch, body: OwnReason = _NO_REASON) -> Answer:
    """Deprecated: approved again. Expired: a draft, to be approved anew."""
    with etags.matching():
        seen = etags.seen(if_match)
        lifecycle.restore(content_id=content_id, reason=body.reason, seen_rev=seen, by=request.user)
    return _what_it_became(request, content_id)


@router.put("/{content_id}/dates", response=_ANSWERS, operation_id="setDates", summary="When it is seen and reviewed")
def set_dates(request: Request, content_id: str, if_match: IfMatch, dates: ItemDates) -> Answer:
    with etags.matching():
        schedule.set_dates(content_id=content_id, seen_rev=etags.seen(if_match), by=request.user, **vars(dates))
    return _what_it_became(request, content_id)


@router.post("/{content_id}/give", response=_ANSWERS, operation_id="giveContent", summary="Give it another owner")
def give(request: Request, content_id: str, if_match: IfMatch, body: ItemOwner) -> Answer:
    with etags.matching():
        seen = etags.seen(if_match)
        drafts.readable(content_id, request.user, seen)
        to_user = _new_owner(body.to_user_id).person
        giving.give(content_id=content_id, to_user=to_user, seen_rev=seen, by=request.user)
    return _what_it_became(request, content_id)


def _new_owner(user_id: str) -> Colleague:
    try:
        found = directory.colleague(user_id)
    except NotFound as error:
        raise Invalid(fields={"to_user_id": "Nobody signs in with this id."}) from error
    if found.state is AccountState.DISABLED:
        raise Invalid(fields={"to_user_id": "This account is disabled."})
    return found


def _what_it_became(request: Request, content_id: str) -> Answer:
    """204 where that is not hers to see: an Approver who sent back somebody's first draft reads it no more."""
    try:
        return Item.now(request, content_id)
    except NotFound:
        return Status(204, None)
