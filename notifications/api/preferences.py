"""How somebody wants to be told of what: in her inbox, and by mail at once, daily, weekly or not at all."""

from __future__ import annotations

from datetime import datetime

from ninja import Router, Status
from pydantic import Field

from accounts.http import Request
from accounts.store import profile_of
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core import clock
from core.api.schemas import Flag, Input, Output
from notifications.api.schemas import NotificationKind
from notifications.delivery import pages
from notifications.delivery.enums import Rhythm
from notifications.delivery.kinds import kind_of
from notifications.delivery.services import preferences as mail
from notifications.delivery.services import trouble
from notifications.enums import Kind
from notifications.kinds import KINDS
from notifications.rules import MANDATORY
from notifications.services import inbox
from notifications.store.inbox import head_of

router = Router(tags=["Notifications"], auth=Bearer(Area.NOTIFICATIONS))


class KindChoice(Output):
    kind: NotificationKind
    label: str = Field(examples=["Assignments"])
    about: str = Field(examples=["A course or a path was assigned to you."])
    is_mandatory: bool = Field(description="It always stands in the inbox, and its mail can only be made rarer.")
    inbox: bool
    mail: Rhythm


class NotificationPreferences(Output):
    kinds: list[KindChoice]
    next_daily: datetime = Field(description="When the next daily digest is made, if there is anything to tell.")
    next_weekly: datetime
    mail_bounced: bool = Field(description="Nothing is mailed to you: your address did not take it.")
    mail_complained: bool = Field(description="Nothing is mailed to you: you called it unwanted in your mail program.")


class KindEdit(Input):
    """What is left out stays as it is."""

    kind: NotificationKind
    inbox: Flag | None = None
    mail: Rhythm | None = None


class NotificationPreferencesEdit(Input):
    """Kinds that are not named stay as they are."""

    kinds: list[KindEdit] = Field(min_length=1, max_length=len(Kind))


@router.get(
    "", response=NotificationPreferences, operation_id="getNotificationPreferences", summary="How I want to be told"
)
def preferences(request: Request) -> NotificationPreferences:
    profile, now = profile_of(request.user.user_id), clock.now()
    page, chosen = pages.preferences_page(profile, None, now), (profile.notices if profile else None) or {}
    muted = set(head_of(request.user.user_id, fresh=True).muted)
    return NotificationPreferences(
        kinds=[_choice(kind, chosen.get(kind.value), kind.value in muted) for kind in KINDS],
        next_daily=page.next_daily,
        next_weekly=page.next_weekly,
        mail_bounced=page.bounced,
        mail_complained=page.complained,
    )


@router.patch(
    "",
    response=NotificationPreferences,
    operation_id="changeNotificationPreferences",
    summary="Change how I want to be told",
)
def preferences_change(request: Request, change: NotificationPreferencesEdit) -> NotificationPreferences:
    rhythms = {one.kind.value: one.mail for one in change.kinds if one.mail is not None}
    shown = {one.kind.value: one.inbox for one in change.kinds if one.inbox is not None}
    inbox.check_may_be_muted([kind for kind, is_shown in shown.items() if not is_shown])  # all of it or nothing
    if rhythms:
        mail.choose(by=request.user, rhythms=rhythms, now=clock.now())
    if shown:
        inbox.change_muted(shown=shown, by=request.user)
    return preferences(request)


@router.post("/mail-again", response={204: None}, operation_id="mailAgain", summary="Mail me again after it bounced")
def mail_again(request: Request) -> Status[None]:
    trouble.try_again(by=request.user)
    return Status(204, None)


def _choice(kind: Kind, chosen: str | None, is_muted: bool) -> KindChoice:
    told, mail_kind = KINDS[kind], kind_of(kind.value)
    return KindChoice(
        kind=NotificationKind(kind.value),
        label=str(told.label),
        about=str(told.about),
        is_mandatory=kind in MANDATORY,
        inbox=not is_muted,
        mail=mail_kind.rhythm(chosen) if mail_kind else told.rhythm,
    )
