"""Slack channels, for Admins. The address of one is taken in and never given out."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ninja import Router, Status
from pydantic import Field

from accounts.enums import Role
from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api import etags
from core.api.answering import created
from core.api.idempotency import made_id, once
from core.api.schemas import IfMatch, Input, Output
from core.errors import Refused
from core.targets import MAX_URL
from notifications.api.schemas import ChannelTopic
from notifications.delivery.channels import services, store
from notifications.delivery.channels.models import Channel
from notifications.delivery.channels.rules import TOPICS

router = Router(tags=["Admin: channels"], auth=Bearer(Area.ADMIN))
ADDRESS = "https://hooks.slack.com/services/T000/B000/secret"


class ChannelAudience(StrEnum):
    VIEWER = Role.VIEWER.value
    APPROVER = Role.APPROVER.value


class ChannelInput(Input):
    name: str = Field(max_length=200, examples=["#enablement"])
    address: str = Field(max_length=MAX_URL, examples=[ADDRESS], description="Of the incoming webhook.")
    topics: list[ChannelTopic] = Field(min_length=1, max_length=len(TOPICS))
    audience: ChannelAudience = Field(ChannelAudience.VIEWER, description="The lowest role of those who read there.")


class ChannelEdit(ChannelInput):
    address: str = Field("", max_length=MAX_URL, description="Empty for the one that it has.")


class ChannelOut(Output):
    channel_id: str = Field(examples=["01jd2v7m3s8q4k6w9x0y1z2a3b"])
    name: str
    host: str = Field(description="All that is told of its address.", examples=["hooks.slack.com"])
    topics: list[str]
    audience: str
    active: bool
    off_because: str | None = Field(description="Why it was switched off; changing it gives it another chance.")


class ChannelList(Output):
    items: list[ChannelOut]


@router.get("", response=ChannelList, operation_id="listChannels", summary="All Slack channels")
def channels(request: Request) -> ChannelList:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    return ChannelList(items=[ChannelOut.model_validate(_plain(one)) for one in store.all_channels()])


@router.get("/{channel_id}", response=ChannelOut, operation_id="getChannel", summary="A channel")
def channel(request: Request, channel_id: str) -> ChannelOut:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    return _shown(request, store.channel_by_id(channel_id))


@router.post("", response={201: ChannelOut}, operation_id="createChannel", summary="Add a channel")
@once(lambda request, channel_id: created(request, f"admin/channels/{channel_id}", channel(request, channel_id)))
def channel_create(request: Request, new: ChannelInput) -> Status[ChannelOut]:
    made = services.create(**_values(new), channel_id=made_id(request), by=request.user)
    return created(request, f"admin/channels/{made.channel_id}", _shown(request, made))


@router.put("/{channel_id}", response=ChannelOut, operation_id="changeChannel", summary="Change a channel")
def channel_change(request: Request, channel_id: str, wanted: ChannelEdit, if_match: IfMatch) -> ChannelOut:
    with etags.matching():
        changed = services.change(
            channel_id=channel_id, **_values(wanted), seen_rev=etags.seen(if_match), by=request.user
        )
    return _shown(request, changed)


@router.delete("/{channel_id}", response={204: None}, operation_id="deleteChannel", summary="Delete a channel")
def channel_delete(request: Request, channel_id: str) -> Status[None]:
    services.delete(channel_id=channel_id, by=request.user)
    return Status(204, None)


@router.post(
    "/{channel_id}/test", response={204: None}, operation_id="testChannel", summary="Write there that it works"
)
def channel_test(request: Request, channel_id: str) -> Status[None]:
    """403 with what the other side said where it did not arrive."""
    if trouble := services.test(channel_id=channel_id, by=request.user):
        raise Refused(trouble)
    return Status(204, None)


def _values(wanted: ChannelInput) -> dict[str, Any]:
    topics = [topic.value for topic in wanted.topics]
    return {
        "name": wanted.name,
        "address": wanted.address,
        "topics": topics,
        "audience": Role(wanted.audience.value),
    }


def _plain(one: Channel) -> dict[str, Any]:
    names = ("channel_id", "name", "host", "topics", "audience", "active", "off_because")
    return {name: getattr(one, name) for name in names}


def _shown(request: Request, one: Channel) -> ChannelOut:
    etags.revision(request, one.rev)
    return ChannelOut.model_validate(_plain(one))
