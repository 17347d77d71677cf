"""Somebody's own inbox: whose it is, her token says."""

from __future__ import annotations

from datetime import datetime

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Cursor, Input, Listing, Moment, Output
from notifications import pages
from notifications.api.schemas import NotificationKind
from notifications.services import inbox as services
from notifications.store import inbox as store

router = Router(tags=["Notifications"], auth=Bearer(Area.NOTIFICATIONS))
_ON_A_PAGE = 30


class InboxQuery(BaseModel):
    unread: bool = Field(False, description="Only those that were not read.")
    kind: NotificationKind | None = None
    cursor: Cursor = ""


class NotificationOut(Output):
    notification_id: str = Field(examples=["01jd2v7m3s8q4k6w9x0y1z2a3b"])
    kind: NotificationKind
    title: str = Field(description="What it is about, or that this is no longer available to you.")
    sentence: str = Field(examples=["Rita Reviewer approved it"])
    path: str = Field(description="The page that it is about; empty where you may not see it any more.")
    times: int = Field(description="How often it happened within its hour.")
    at: datetime = Field(description="When it happened last.")
    began_at: datetime = Field(description="When it happened first; lists go by it.")
    is_unread: bool

    @classmethod
    def of(cls, row: pages.Row) -> NotificationOut:
        names = ("notification_id", "sentence", "path", "at", "began_at", "is_unread")
        plain = {name: getattr(row, name) for name in names}
        return cls(**plain, kind=NotificationKind(row.kind), title=str(row.title), times=row.count)


class NotificationList(Listing[NotificationOut]):
    """Newest first, of the last 180 days. A page can hold few where few are of the kind that is asked for."""


class Unread(Output):
    unread: int


class SeenInput(Input):
    until: Moment | None = Field(None, description="What came since stays unread; without it, what comes from now on.")


class Marked(Output):
    marked: int


@router.get("", response=NotificationList, operation_id="listNotifications", summary="My notifications")
def notifications(request: Request, wanted: Query[InboxQuery]) -> NotificationList:
    page = store.page_of(
        request.user.user_id,
        unread=wanted.unread,
        kinds=[wanted.kind] if wanted.kind else [],
        cursor=wanted.cursor or None,
        limit=_ON_A_PAGE,
    )
    rows = pages.rows_of(request.user, page.items)
    return NotificationList(items=[NotificationOut.of(row) for row in rows], next_cursor=page.next_cursor)


@router.get("/unread", response=Unread, operation_id="countUnread", summary="How many I have not read")
def unread(request: Request) -> Unread:
    return Unread(unread=int(store.head_of(request.user.user_id).unread))


@router.post("/read", response=Marked, operation_id="markAllRead", summary="Mark all of them as read")
def read_all(request: Request, seen: SeenInput) -> Marked:
    return Marked(marked=services.mark_all_read(by=request.user, until=seen.until))


@router.get("/{notification_id}", response=NotificationOut, operation_id="getNotification", summary="One of them")
def notification(request: Request, notification_id: str) -> NotificationOut:
    """Reading it over the API does not mark it as read."""
    [row] = pages.rows_of(request.user, [store.notification(request.user.user_id, notification_id)])
    return NotificationOut.of(row)


@router.put("/{notification_id}/read", response={204: None}, operation_id="markRead", summary="Mark it as read")
def read(request: Request, notification_id: str) -> Status[None]:
    services.mark_read(notification_id=notification_id, by=request.user)
    return Status(204, None)


@router.delete("/{notification_id}/read", response={204: None}, operation_id="markUnread", summary="Mark it as unread")
def not_read(request: Request, notification_id: str) -> Status[None]:
    services.mark_read(notification_id=notification_id, by=request.user, read=False)
    return Status(204, None)
