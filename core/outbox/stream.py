"""The outbox's stream, as DynamoDB hands it to a function on AWS: each new event goes onto the bus without being looked for.

What the bus does not take stays in the outbox, where the job `events.tell` finds it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core import clock
from core.jobs import store as jobs
from core.outbox import relay, store
from core.outbox.models import OutboxEvent


def relay_new(records: Sequence[Mapping[str, Any]]) -> int:
    """How many there were. Raises Unavailable when the bus does not answer: the same records come again then."""
    if jobs.is_paused():  # what a restore puts back waits with everything else
        return 0
    images = [record["dynamodb"]["NewImage"] for record in records if record["eventName"] == "INSERT"]
    rows = [row for row in map(OutboxEvent.from_raw_data, images) if row.shard in store.SHARDS]
    relay.put_on_the_bus(rows, clock.now())
    return len(rows)
