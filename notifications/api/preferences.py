"""How somebody wants to hear of what: by mail at once or in a digest, in her inbox alone, or not at all."""

from __future__ import annotations

from datetime import datetime

from ninja import Router, Status
from pydantic import Field

from accounts.http import Request
from accounts.store import profile_of
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core import clock
from core.api.schemas import Input, Output
from notifications.api.schemas import NotificationKind
from notifications.delivery import kinds
from notifications.delivery.services import trouble
from notifications.enums import Way
from notifications.preferences_page import preferences_page
from notifications.services import choosing
from notifications.store.inbox import head_of

router = Router(tags=["Notifications"], auth=Bearer(Area.NOTIFICATIONS))


class KindChoice(Output):
    kind: NotificationKind
    label: str = Field(examples=["Assignments"])
    about: str = Field(examples=["A course or a path was assigned to you."])
    is_mandatory: bool = Field(description="It always stands in the inbox and is mailed; how soon is yours to say.")
    way: Way


class NotificationPreferences(Output):
    kinds: list[KindChoice]
    next_daily: datetime = Field(description="When the next daily digest is made, if there is anything to tell.")
    mail_bounced: bool = Field(description="Nothing is mailed to you: your address did not take it.")
    mail_complained: bool = Field(description="Nothing is mailed to you: you called it unwanted in your mail program.")


class KindEdit(Input):
    kind: NotificationKind
    way: Way


class NotificationPreferencesEdit(Input):
    """Kinds that are not named stay as they are."""

    kinds: list[KindEdit] = Field(min_length=1, max_length=len(NotificationKind))


@router.get(
    "", response=NotificationPreferences, operation_id="getNotificationPreferences", summary="How I want to be told"
)
def preferences(request: Request) -> NotificationPreferences:
    profile, muted = profile_of(request.user.user_id), head_of(request.user.user_id, fresh=True).muted
    page, notices = preferences_page(profile, muted, None, clock.now()), (profile.notices if profile else None) or {}
    chosen = [
        KindChoice(
            kind=NotificationKind(kind.key),
            label=str(kind.label),
            about=str(kind.about),
            is_mandatory=kind.mandatory,
            way=choosing.way_of(kind, notices, muted),
        )
        for kind in kinds.kinds()
    ]
    return NotificationPreferences(
        kinds=chosen, next_daily=page.next_daily, mail_bounced=page.bounced, mail_complained=page.complained
    )


@router.patch(
    "",
    response=NotificationPreferences,
    operation_id="changeNotificationPreferences",
    summary="Change how I want to be told",
)
def preferences_change(request: Request, change: NotificationPreferencesEdit) -> NotificationPreferences:
    choosing.choose(ways={one.kind.value: one.way for one in change.kinds}, by=request.user)
    return preferences(request)


@router.post("/mail-again", response={204: None}, operation_id="mailAgain", summary="Mail me again after it bounced")
def mail_again(request: Request) -> Status[None]:
    trouble.try_again(by=request.user)
    return Status(204, None)
