"""Webhooks, for Admins. Whoever makes one, or a new secret, is told the secret in that one answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core import clock
from core.api import etags
from core.api.answering import created
from core.api.idempotency import made_id, once
from core.api.schemas import Cursor, IfMatch, Input, Listing, Number, Output
from core.targets import MAX_URL
from webhooks import store
from webhooks.enums import Delivery, State
from webhooks.models import Webhook, WebhookDelivery
from webhooks.services import delivering, managing

router = Router(tags=["Admin: webhooks"], auth=Bearer(Area.ADMIN))
WEBHOOK_ID = "01jd2v7m3s8q4k6w9x0y1z2a3b"
_MOST_PATTERNS, _MOST_HOURS = 200, 30 * 24


class WebhookInput(Input):
    name: str = Field(max_length=200, examples=["Relay to our chat"])
    url: str = Field(max_length=MAX_URL, examples=["https://example.com/hook"])
    events: list[str] = Field(max_length=_MOST_PATTERNS, examples=[["content.approved", "course.*"]])


class WebhookOut(Output):
    webhook_id: str = Field(examples=[WEBHOOK_ID])
    name: str
    url: str
    events: list[str]
    state: State
    failing_since: datetime | None = Field(description="Of the first failure after the last success.")
    disabled_because: str | None = Field(description="`failing` for three days, or `gone`: it answered 410.")
    both_secrets_until: datetime | None = Field(description="Until then the secret before this one signs as well.")
    created_at: datetime

    @classmethod
    def values(cls, webhook: Webhook) -> dict[str, Any]:
        names = ("webhook_id", "name", "url", "state", "failing_since", "disabled_because", "created_at")
        plain = {name: getattr(webhook, name) for name in names}
        return plain | {"events": list(webhook.patterns), "both_secrets_until": webhook.previous_until}


class WebhookWithSecret(WebhookOut):
    secret: str = Field(description="Told this once.", examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class WebhookList(Output):
    items: list[WebhookOut]


class DeliveryQuery(BaseModel):
    state: Delivery | None = None
    cursor: Cursor = ""


class DeliveryAttempt(Output):
    at: datetime
    status: int | None = Field(description="Null where nobody answered.")
    said: str = Field(description="The beginning of the answer, or why there was none.")
    ms: int


class DeliveryOut(Output):
    delivery_id: str = Field(description="The `webhook-id` that it is sent under; the id of the event.")
    event: str = Field(examples=["content.approved"])
    state: Delivery
    made_at: datetime
    due_at: datetime | None = Field(description="When it is tried next.")
    body: str = Field(description="What is sent, to the letter.")
    attempts: list[DeliveryAttempt]

    @classmethod
    def of(cls, one: WebhookDelivery) -> DeliveryOut:
        plain = {name: getattr(one, name) for name in ("delivery_id", "state", "made_at", "due_at", "body")}
        attempts = [DeliveryAttempt.model_validate(dict(attempt)) for attempt in one.attempts]
        return cls(**plain, event=one.event_name, attempts=attempts)


class DeliveryList(Listing[DeliveryOut]):
    """Newest first, of the last 30 days. A page can hold few where few are in the state that is asked for."""


class ReplayInput(Input):
    hours: Number = Field(24, ge=1, le=_MOST_HOURS, description="Those that failed within so many hours.")


class Replayed(Output):
    sent_again: int
    has_more: bool = Field(description="Ask once more when these are through.")


class TestSent(Output):
    delivery_id: str


@router.get("", response=WebhookList, operation_id="listWebhooks", summary="All webhooks")
def webhooks(request: Request) -> WebhookList:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    return WebhookList(items=[WebhookOut(**WebhookOut.values(one)) for one in store.all_webhooks()])


@router.post("", response={201: WebhookWithSecret}, operation_id="createWebhook", summary="Make a webhook")
@once()
def webhook_create(request: Request, new: WebhookInput) -> Status[WebhookWithSecret]:
    made = managing.create(
        name=new.name, url=new.url, patterns=new.events, webhook_id=made_id(request), by=request.user
    )
    return created(request, f"admin/webhooks/{made.webhook.webhook_id}", _with_secret(request, made))


@router.get("/{webhook_id}", response=WebhookOut, operation_id="getWebhook", summary="A webhook")
def webhook(request: Request, webhook_id: str) -> WebhookOut:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    return _shown(request, store.webhook_by_id(webhook_id))


@router.put("/{webhook_id}", response=WebhookOut, operation_id="changeWebhook", summary="Change a webhook")
def webhook_change(request: Request, webhook_id: str, wanted: WebhookInput, if_match: IfMatch) -> WebhookOut:
    with etags.matching():
        changed = managing.change(
            webhook_id=webhook_id,
            name=wanted.name,
            url=wanted.url,
            patterns=wanted.events,
            seen_rev=etags.seen(if_match),
            by=request.user,
        )
    return _shown(request, changed)


@router.delete("/{webhook_id}", response={204: None}, operation_id="deleteWebhook", summary="Delete a webhook")
def webhook_delete(request: Request, webhook_id: str) -> Status[None]:
    managing.delete(webhook_id=webhook_id, by=request.user)
    return Status(204, None)


@router.post(
    "/{webhook_id}/pause", response=WebhookOut, operation_id="pauseWebhook", summary="Keep what happens, send nothing"
)
def webhook_pause(request: Request, webhook_id: str) -> WebhookOut:
    return _shown(request, managing.pause(webhook_id=webhook_id, by=request.user))


@router.post("/{webhook_id}/resume", response=WebhookOut, operation_id="resumeWebhook", summary="Let it go on")
def webhook_resume(request: Request, webhook_id: str) -> WebhookOut:
    return _shown(request, managing.resume(webhook_id=webhook_id, by=request.user))


@router.post(
    "/{webhook_id}/rotate-secret",
    response=WebhookWithSecret,
    operation_id="rotateWebhookSecret",
    summary="A new secret; the one before it signs as well for a day",
)
def webhook_rotate(request: Request, webhook_id: str, if_match: IfMatch) -> WebhookWithSecret:
    with etags.matching():
        made = managing.rotate(webhook_id=webhook_id, seen_rev=etags.seen(if_match), by=request.user)
    return _with_secret(request, made)


@router.post("/{webhook_id}/test", response={202: TestSent}, operation_id="testWebhook", summary="Send it a test")
def webhook_test(request: Request, webhook_id: str) -> Status[TestSent]:
    return Status(202, TestSent(delivery_id=managing.test(webhook_id=webhook_id, by=request.user)))


@router.get(
    "/{webhook_id}/deliveries", response=DeliveryList, operation_id="listDeliveries", summary="What it was sent"
)
def webhook_deliveries(request: Request, webhook_id: str, wanted: Query[DeliveryQuery]) -> DeliveryList:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    store.webhook_by_id(webhook_id)
    page = store.deliveries(webhook_id, state=wanted.state or "", cursor=wanted.cursor or None)
    return DeliveryList(items=[DeliveryOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/replay",
    response={202: DeliveryOut},
    operation_id="replayDelivery",
    summary="Send it once more",
)
def webhook_replay(request: Request, webhook_id: str, delivery_id: str) -> Status[DeliveryOut]:
    found = delivering.replay(webhook_id=webhook_id, delivery_id=delivery_id, by=request.user)
    return Status(202, DeliveryOut.of(found))


@router.post(
    "/{webhook_id}/replay-failed",
    response={202: Replayed},
    operation_id="replayFailedDeliveries",
    summary="Send what failed once more, up to 500 at a time",
)
def webhook_replay_failed(request: Request, webhook_id: str, wanted: ReplayInput) -> Status[Replayed]:
    since = clock.now() - timedelta(hours=wanted.hours)
    count, more = delivering.replay_failed(webhook_id=webhook_id, since=since, by=request.user)
    return Status(202, Replayed(sent_again=count, has_more=more))


def _shown(request: Request, webhook: Webhook) -> WebhookOut:
    etags.revision(request, webhook.rev)
    return WebhookOut(**WebhookOut.values(webhook))


def _with_secret(request: Request, made: managing.Made) -> WebhookWithSecret:
    etags.revision(request, made.webhook.rev)
    return WebhookWithSecret(**WebhookOut.values(made.webhook), secret=made.secret)
