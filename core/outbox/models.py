"""Access patterns: what waits, oldest first and a shard at a time (query by `shard`); what has failed and is tried again
(the shard `retry`); what is given up until an Admin looks at it (the shard `dead`).
"""

from __future__ import annotations

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from core.aws import records
from core.aws.records import AnyMapAttribute, BaseRecord, IntegerAttribute, table, texts

RETRY, DEAD = "retry", "dead"


class OutboxEvent(BaseRecord):
    """`waiting` names the listeners who have not heard it; none are named before everybody was told once."""

    class Meta(records.TableMeta):
        table_name = table("outbox")
        streamed = True

    shard = UnicodeAttribute(hash_key=True)
    event_id = UnicodeAttribute(range_key=True)
    event = AnyMapAttribute()
    at = UTCDateTimeAttribute()
    waiting = texts()
    tries = IntegerAttribute(default=0)
    next_try_at = UTCDateTimeAttribute(null=True)
    error = UnicodeAttribute(null=True)
