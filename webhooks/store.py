from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from accounts.models import AuditEntry
from core import clock
from core.aws import records
from core.aws.records import Delete, Put, find, get, query, write
from core.errors import NotFound, Stale
from core.ids import first_id_at
from core.paging import Page
from webhooks.enums import Delivery
from webhooks.models import DeliveriesByDue, Webhook, WebhookDelivery

MOST_WEBHOOKS = 20
KEPT = timedelta(days=30)
ATTEMPTS_KEPT = 20
REGISTER = "webhooks"


def new_webhook(webhook_id: str, **values: Any) -> Webhook:
    now = clock.now()
    return Webhook(REGISTER, webhook_id, created_at=now, updated_at=now, **values)


def all_webhooks() -> Sequence[Webhook]:
    """In the order in which they were made, as they are at this moment."""
    return query(Webhook, REGISTER, scope="webhooks", limit=2 * MOST_WEBHOOKS, consistent=True).items


def webhook_by_id(webhook_id: str) -> Webhook:
    """Raises NotFound."""
    return get(Webhook, REGISTER, webhook_id, consistent=True)


def find_webhook(webhook_id: str) -> Webhook | None:
    return find(Webhook, REGISTER, webhook_id, consistent=True)


def save_webhook(webhook: Webhook, *, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when it was changed since it was read, or when one with this id is there already."""
    webhook.updated_at = clock.now()
    write(Put(webhook), audit=audit)


def delete_webhook(webhook: Webhook, *, audit: Sequence[AuditEntry]) -> None:
    """Its deliveries lead nowhere then, and go when their time is up. Raises Stale."""
    write(Delete(webhook), audit=audit)


def put_deliveries(webhooks: Iterable[Webhook], delivery_id: str, event_name: str, body: str) -> None:
    """One to each; one that is there already stays as it is."""
    now = clock.now()
    for webhook in webhooks:
        made = WebhookDelivery(
            webhook.webhook_id,
            delivery_id,
            event_name=event_name,
            body=body,
            waiting_for=webhook.webhook_id,
            due_at=now,
            made_at=now,
            ttl=now + KEPT,
        )
        with suppress(Stale):
            write(Put(made), audit=())


def due(webhook_id: str, now: datetime, *, limit: int) -> list[str]:
    """Ids of what waits for it, the first to be due first. The index behind it may be a moment late."""
    until = DeliveriesByDue.due_at <= now
    found = query(WebhookDelivery.by_due, webhook_id, scope="due", limit=limit, range_condition=until)
    return [one.delivery_id for one in found.items]


def delivery(webhook_id: str, delivery_id: str) -> WebhookDelivery:
    """Raises NotFound."""
    found = get(WebhookDelivery, webhook_id, delivery_id, consistent=True)
    if found.ttl <= clock.now():
        raise NotFound
    return found


def find_delivery(webhook_id: str, delivery_id: str) -> WebhookDelivery | None:
    return find(WebhookDelivery, webhook_id, delivery_id, consistent=True)


def deliveries(
    webhook_id: str, *, state: str = "", cursor: str | None = None, limit: int = records.PAGE_SIZE
) -> Page[WebhookDelivery]:
    """Newest first."""
    return query(
        WebhookDelivery,
        webhook_id,
        scope=f"deliveries:{webhook_id}:{state}",
        cursor=cursor,
        limit=limit,
        newest_first=True,
        range_condition=WebhookDelivery.delivery_id > first_id_at(clock.now() - KEPT),
        filter_condition=(WebhookDelivery.state == state) if state else None,
    )


def failed_since(webhook_id: str, since: datetime) -> Iterator[WebhookDelivery]:
    """Oldest first."""
    cursor = None
    while True:
        page = query(
            WebhookDelivery,
            webhook_id,
            scope=f"failed:{webhook_id}",
            cursor=cursor,
            limit=100,
            range_condition=WebhookDelivery.delivery_id > first_id_at(since),
            filter_condition=WebhookDelivery.state == Delivery.FAILED.value,
            consistent=True,
        )
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def save_attempt(one: WebhookDelivery, attempt: dict[str, Any], *, state: Delivery, due_at: datetime | None) -> None:
    """What came of a try. Raises Stale when it was sent again by somebody meanwhile."""
    one.attempts = [*one.attempts, attempt][-ATTEMPTS_KEPT:]  # type: ignore[assignment]
    one.tries += 1
    _put(one, state, due_at)


def send_again(*several: WebhookDelivery, audit: Sequence[AuditEntry]) -> None:
    """From the first try on. Raises Stale when one of them was changed since it was read."""
    now = clock.now()
    for one in several:
        one.tries = 0
        _set(one, Delivery.WAITING, now)
    write(*(Put(one) for one in several), audit=audit)


def _put(one: WebhookDelivery, state: Delivery, due_at: datetime | None) -> None:
    _set(one, state, due_at)
    write(Put(one), audit=())


def _set(one: WebhookDelivery, state: Delivery, due_at: datetime | None) -> None:
    waits = state is Delivery.WAITING
    one.state, one.due_at = state.value, due_at if waits else None
    one.waiting_for = one.webhook_id if waits else None
