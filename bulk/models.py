"""Bulk jobs: what is to be done with which things, and what became of each.

| what is asked | where |
|---|---|
| a job | `BulkJob` by `job_id` and the part `job` |
| its rows, in their order | `BulkRow` by `job_id` and the parts `row#…`, in the same table |
| a person's jobs, newest first | `ByPersonIndex` |
| the jobs that are under way, or in another state | `ByStateIndex` |
"""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, JSONAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws.records import BaseRecord, IndexMeta, IntegerAttribute, Record, TableMeta, table


class JobsByPerson(GlobalSecondaryIndex["BulkJob"]):
    class Meta(IndexMeta):
        index_name = "ByPersonIndex"

    started_by = UnicodeAttribute(hash_key=True)
    created_at = UTCDateTimeAttribute(range_key=True)


class JobsByState(GlobalSecondaryIndex["BulkJob"]):
    class Meta(IndexMeta):
        index_name = "ByStateIndex"

    state = UnicodeAttribute(hash_key=True)
    updated_at = UTCDateTimeAttribute(range_key=True)


class BulkJob(Record):
    """`wanted` is what is asked of every row; those of a file (`file_name`) say it themselves.

    `counts` maps an outcome to how many rows have it. Rows before the place `next_row` have been looked at.
    """

    class Meta(TableMeta):
        table_name = table("bulk_jobs")

    job_id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True, default="job")
    state = UnicodeAttribute()
    kind = UnicodeAttribute()
    action = UnicodeAttribute()
    wanted = JSONAttribute(default=dict)
    file_name = UnicodeAttribute(null=True)
    started_by = UnicodeAttribute()
    total = IntegerAttribute(default=0)
    to_do = IntegerAttribute(default=0)
    next_row = IntegerAttribute(default=0)
    counts = JSONAttribute(default=dict)
    note = UnicodeAttribute(null=True)
    begun_at = UTCDateTimeAttribute(null=True)
    finished_at = UTCDateTimeAttribute(null=True)
    ttl = TTLAttribute()

    by_person = JobsByPerson()
    by_state = JobsByState()


class BulkRow(BaseRecord):
    """`ref` is the id of the thing, empty where a file named none; `text` is how the file named it.

    `changes` are what would be, or was, changed, as `{"field", "before", "after"}` with ids; `number` is the line of the
    file. `told` is what the work gave the outcome; others were known beforehand.
    """

    class Meta(TableMeta):
        table_name = table("bulk_jobs")
        shares_table = True

    job_id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    number = IntegerAttribute()
    ref = UnicodeAttribute(default="")
    text = UnicodeAttribute(default="")
    wanted = JSONAttribute(null=True)
    outcome = UnicodeAttribute()
    why = UnicodeAttribute(default="")
    changes = JSONAttribute(default=list)
    told = BooleanAttribute(default=False)
    ttl = TTLAttribute()
