"""Programs of the demo company: access tokens, and a webhook that rests, with what it was sent before."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from accounts.person import Person
from accounts.services import tokens
from core import clock
from core.errors import Stale
from core.events import Event
from core.ids import first_id_at
from webhooks import signing, store
from webhooks.enums import Delivery, State
from webhooks.models import Webhook
from webhooks.services import managing

WEBHOOK_ID = "01demo0000000000000webhook"
_TOKENS = (
    ("admin", "01demo000000000000000token", "Nightly export to the warehouse", ["content:read", "learning:read"], 90),
    ("contributor", "01demo0000000000000000wiki", "Slides from the wiki", ["content:read", "content:write"], 7),
)
_SENT = (
    (2, "content.approved", Delivery.DELIVERED, 204, ""),
    (5, "course.published", Delivery.FAILED, 503, "upstream connect error"),
    (26, "content.approved", Delivery.DELIVERED, 204, ""),
    (27, "content.expired", Delivery.DELIVERED, 204, ""),
    (50, "course.published", Delivery.DELIVERED, 204, ""),
)
"""Hours ago, what, what became of it, the answer."""


def seed(cast: Mapping[str, Person]) -> None:
    """Adds what is missing."""
    for who, token_id, name, scopes, days in _TOKENS:
        with suppress(Stale):
            tokens.create(name=name, scopes=scopes, days=days, by=cast[who], token_id=token_id)
    if store.find_webhook(WEBHOOK_ID) is None:
        managing.create(
            name="Relay to our chat",
            url="https://hooks.example.com/enablement",
            patterns=["content.approved", "content.expired", "course.*"],
            by=cast["admin"],
            webhook_id=WEBHOOK_ID,
        )
        made = managing.pause(webhook_id=WEBHOOK_ID, by=cast["admin"])
        assert made.state == State.PAUSED  # nothing leaves a demonstration
        _was_sent(made, cast["admin"], clock.now())


def _was_sent(webhook: Webhook, by: Person, now: datetime) -> None:
    for hours, name, state, status, said in _SENT:
        with clock.at(now - timedelta(hours=hours)):
            at = clock.now()
            event = Event(name, f"demo-{hours}", by.user_id, event_id=f"{first_id_at(at)[:10]}{hours:016}", at=at)
            store.put_deliveries([webhook], event.event_id, event.name, signing.body_of(event))
            one = store.delivery(webhook.webhook_id, event.event_id)
            attempt = {"at": clock.iso(at), "status": status, "said": said, "ms": 180}
            store.save_attempt(one, attempt, state=state, due_at=None)
