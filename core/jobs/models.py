"""Access patterns: the state of all jobs (one BatchGet by name); whether all stand still (get by `PAUSE`)."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from core.aws import records
from core.aws.records import BaseRecord, IntegerAttribute, table

PAUSE = "~pause"


class JobState(BaseRecord):
    """`holder` is the process that is at it until `held_until`, or died meanwhile. No export takes along who was at what."""

    class Meta(records.TableMeta):
        table_name = table("jobs")
        transient = True

    name = UnicodeAttribute(hash_key=True)
    holder = UnicodeAttribute(null=True)
    held_until = UTCDateTimeAttribute(null=True)
    due_at = UTCDateTimeAttribute(null=True)
    started_at = UTCDateTimeAttribute(null=True)
    finished_at = UTCDateTimeAttribute(null=True)
    seconds = NumberAttribute(null=True)
    result = UnicodeAttribute(null=True)
    error = UnicodeAttribute(null=True)
    runs = IntegerAttribute(default=0)
    failures = IntegerAttribute(default=0)
