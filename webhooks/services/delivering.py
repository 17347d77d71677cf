"""Whatever happens is written down for each webhook that wants it; the worker sends it (`sending.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from accounts.permissions import Permission, require
from accounts.person import Person
from core.errors import Refused
from core.events import Event
from webhooks import signing, store
from webhooks.enums import Delivery, State
from webhooks.models import Webhook, WebhookDelivery
from webhooks.rules.catalogue import wants
from webhooks.services.managing import entry

MOST_AT_ONCE = 500
"""Deliveries that one press of a button sends again."""
_TOGETHER = 50


def hear(event: Event) -> None:
    """Told twice, it makes nothing twice."""
    wanting = [one for one in store.all_webhooks() if one.state != State.DISABLED and wants(one.patterns, event.name)]
    if wanting:
        store.put_deliveries(wanting, event.event_id, event.name, signing.body_of(event))


def replay(*, webhook_id: str, delivery_id: str, by: Person) -> WebhookDelivery:
    """Sends it once more, delivered or not. Raises NotFound, Refused; Stale when somebody else did so just now."""
    webhook = _active(webhook_id, by)
    found = store.delivery(webhook_id, delivery_id)
    if found.state == Delivery.WAITING:
        raise Refused("This one is on its way already.")
    changes = {"delivery": {"after": delivery_id}}
    store.send_again(found, audit=[entry("webhook.replayed", webhook, by, changes)])
    return found


def replay_failed(*, webhook_id: str, since: datetime, by: Person) -> tuple[int, bool]:
    """All that failed since then, oldest first: how many are sent again, and whether some are left for another press."""
    webhook = _active(webhook_id, by)
    failed = store.failed_since(webhook_id, since)
    sent = 0
    while sent < MOST_AT_ONCE and (some := list(islice(failed, _TOGETHER))):
        changes = {"deliveries": {"after": len(some)}}
        store.send_again(*some, audit=[entry("webhook.replayed", webhook, by, changes)])
        sent += len(some)
    return sent, _has_more(failed)


def _has_more(failed: Iterator[WebhookDelivery]) -> bool:
    return next(failed, None) is not None


def _active(webhook_id: str, by: Person) -> Webhook:
    require(by, Permission.WEBHOOKS_MANAGE)
    webhook = store.webhook_by_id(webhook_id)
    if webhook.state != State.ACTIVE:
        raise Refused("Let the webhook go on first; nothing is sent to it now.")
    return webhook
