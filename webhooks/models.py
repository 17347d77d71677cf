"""Webhooks and what is on its way to them.

| what is asked | where |
|---|---|
| all webhooks, as they are at this moment; one of them | `Webhook` by `register`; by `webhook_id` |
| a webhook's deliveries, newest first; one of them | `WebhookDelivery` by `webhook_id`; by `delivery_id` |
| what is due to a webhook, the first first | `ByDueIndex`, which holds what waits |
"""

from __future__ import annotations

from pynamodb.attributes import (
    ListAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from core.aws import records
from core.aws.records import AnyMapAttribute, BaseRecord, IntegerAttribute, Record, table, texts
from webhooks.enums import Delivery, State


class Webhook(Record):
    """An address, and what it wants to hear. The few that there are stand in one partition.

    `secret` is sealed, and so is the one before it, which signs as well until `previous_until`. `failing_since` is the
    first failure after the last success.
    """

    class Meta(records.TableMeta):
        table_name = table("webhooks")

    register = UnicodeAttribute(hash_key=True)
    webhook_id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    url = UnicodeAttribute()
    patterns = texts()  # type: ignore[arg-type]
    state = UnicodeAttribute(default=State.ACTIVE.value)
    secret = UnicodeAttribute()
    previous_secret = UnicodeAttribute(null=True)
    previous_until = UTCDateTimeAttribute(null=True)
    failing_since = UTCDateTimeAttribute(null=True)
    disabled_because = UnicodeAttribute(null=True)
    created_by = UnicodeAttribute()


class DeliveriesByDue(GlobalSecondaryIndex["WebhookDelivery"]):
    class Meta(records.IndexMeta):
        index_name = "ByDueIndex"
        projection = KeysOnlyProjection()  # type: ignore[assignment]

    waiting_for = UnicodeAttribute(hash_key=True)
    due_at = UTCDateTimeAttribute(range_key=True)


class WebhookDelivery(BaseRecord):
    """One event on its way to one webhook. `delivery_id` is the event's id, so that none is made twice.

    `waiting_for` is the webhook's id while it waits. `attempts` are the last ones: when, answer, milliseconds, what was
    said. `tries` counts those since it was first sent, or sent again by somebody. No export takes them along: what is restored
    elsewhere must not be sent from there.
    """

    class Meta(records.TableMeta):
        table_name = table("webhook_deliveries")
        transient = True

    webhook_id = UnicodeAttribute(hash_key=True)
    delivery_id = UnicodeAttribute(range_key=True)
    event_name = UnicodeAttribute()
    body = UnicodeAttribute()
    state = UnicodeAttribute(default=Delivery.WAITING.value)
    waiting_for = UnicodeAttribute(null=True)
    due_at = UTCDateTimeAttribute(null=True)
    tries = IntegerAttribute(default=0)
    attempts: ListAttribute[AnyMapAttribute] = ListAttribute(of=AnyMapAttribute, default=list)  # type: ignore[type-var]
    made_at = UTCDateTimeAttribute()
    rev = VersionAttribute()
    ttl = TTLAttribute()

    by_due = DeliveriesByDue()
