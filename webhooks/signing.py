"""What is sent: the event's envelope as Standard Webhooks has it, and its signatures. https://www.standardwebhooks.com"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from standardwebhooks import Webhook as Signer

from core import clock
from core.events import SCHEMA, Event

_CONTENT_TYPE = "application/json"


def body_of(event: Event) -> str:
    """Ids and small facts, as in the envelope; neither her session nor her request is anybody else's business."""
    return json.dumps(
        {
            "type": event.name,
            "timestamp": clock.iso(event.at),
            "data": {
                "schema": SCHEMA,
                "event_id": event.event_id,
                "object_type": event.object_type,
                "object_id": event.object_id,
                "actor_id": event.actor_id,
                "source": event.visit.source,
                "props": dict(event.props),
            },
        },
        separators=(",", ":"),
        ensure_ascii=False,
    )


def headers_for(message_id: str, body: str, secrets: Sequence[str], now: datetime) -> Mapping[str, str]:
    """One signature for each secret that is good now: whoever checks knows one of them."""
    signatures = [Signer(secret).sign(message_id, now, body) for secret in secrets]
    return {
        "Content-Type": _CONTENT_TYPE,
        "User-Agent": "Enablement-Portal-Webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
