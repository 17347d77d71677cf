"""What somebody follows: items, courses, paths, suites, products, concepts and topics."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from ninja import Path, Query, Router, Status
from pydantic import BaseModel, Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Cursor, Listing, Output
from core.errors import NotFound
from notifications.following_page import rows_of
from notifications.models import Subscription
from notifications.services import following
from notifications.store import subscriptions as store

router = Router(tags=["Subscriptions"], auth=Bearer(Area.NOTIFICATIONS))
TARGET = "product:01jd2v7m3s8q4k6w9x0y1z2a3b"
Target = Annotated[
    str,
    Path(
        description="What kind of thing, and which: `content:`, `course:`, `path:`, `suite:`, `product:`, `concept:` or "
        "`tag:`, and the id.",
        examples=[TARGET],
        max_length=200,
    ),
]


class SubscriptionQuery(BaseModel):
    cursor: Cursor = ""


class SubscriptionOut(Output):
    target: str = Field(examples=[TARGET])
    title: str = Field(description="What it is called, or that it is no longer available to you.")
    path: str = Field(description="Its page; empty where you may not see it any more.")
    since: datetime
    is_own: bool = Field(description="You follow it because it is yours.")


class SubscriptionList(Listing[SubscriptionOut]):
    """By target."""


@router.get("", response=SubscriptionList, operation_id="listSubscriptions", summary="What I follow")
def subscriptions(request: Request, wanted: Query[SubscriptionQuery]) -> SubscriptionList:
    page = store.all_of(request.user.user_id, cursor=wanted.cursor or None)
    return SubscriptionList(items=_shown(request, page.items), next_cursor=page.next_cursor)


@router.get("/{target}", response=SubscriptionOut, operation_id="getSubscription", summary="Whether I follow it")
def subscription(request: Request, target: Target) -> SubscriptionOut:
    """404 where you do not."""
    found = store.following(request.user.user_id, following.check(target, request.user))
    if found is None:
        raise NotFound
    return _shown(request, [found])[0]


@router.put("/{target}", response={204: None}, operation_id="follow", summary="Follow it")
def follow(request: Request, target: Target) -> Status[None]:
    following.follow(target=target, by=request.user)
    return Status(204, None)


@router.delete("/{target}", response={204: None}, operation_id="unfollow", summary="Follow it no more")
def unfollow(request: Request, target: Target) -> Status[None]:
    """Also what you may no longer see."""
    following.unfollow(target=target, by=request.user)
    return Status(204, None)


def _shown(request: Request, found: Sequence[Subscription]) -> list[SubscriptionOut]:
    names = ("target", "path", "since", "is_own")
    return [
        SubscriptionOut(**{name: getattr(row, name) for name in names}, title=str(row.title))
        for row in rows_of(request.user, found)
    ]
