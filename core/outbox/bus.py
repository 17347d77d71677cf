"""Our own events on EventBridge: the same envelope there and back."""

from __future__ import annotations

import json
from collections.abc import Sequence

from core.aws.clients import client
from core.aws.errors import translated
from core.events import Event

SOURCE = "enablement-portal"
_AT_ONCE = 10


def put(events: Sequence[Event]) -> set[str]:
    """The ids of those that the bus took."""
    taken: set[str] = set()
    for start in range(0, len(events), _AT_ONCE):
        some = events[start : start + _AT_ONCE]
        entries = [
            {"Source": SOURCE, "DetailType": event.name, "Detail": json.dumps(event.to_json()), "Time": event.at}
            for event in some
        ]
        with translated():
            answers = client("events").put_events(Entries=entries)["Entries"]
        taken |= {event.event_id for event, answer in zip(some, answers, strict=True) if "ErrorCode" not in answer}
    return taken
