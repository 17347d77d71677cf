"""The option hierarchy, and what changes of it leave behind.

| what is asked | where |
|---|---|
| option by id | `Option` by `option_id` |
| options of a group, in their order | `GroupKeyIndex` |
| is this name, or this address, taken? | `NameClaim` by `name:<group>:<key>`, `slug:<group>:<slug>` |
| merges and renames that are under way, or done | `Job` in `GroupKeyIndex` by `job:open`, `job:done` |
| what a merge rewrote, to undo it | `Trace` in `GroupKeyIndex` by `trace:<job>` |
"""

from __future__ import annotations

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws.records import BaseRecord, IndexMeta, IntegerAttribute, Record, TableMeta, table, texts


class OptionsByGroup(GlobalSecondaryIndex["Option"]):
    class Meta(IndexMeta):
        index_name = "GroupKeyIndex"

    group_key = UnicodeAttribute(hash_key=True)
    sort_order_label = UnicodeAttribute(range_key=True)


class Option(Record):
    """`sort_order_label` is the order, padded, then the label: the index sorts by it as text.

    `aliases` are the slugs that it had before. An option with `merged_into` stays for ever: it leads to the other one.
    """

    class Meta(TableMeta):
        table_name = table("metadata")

    option_id = UnicodeAttribute(hash_key=True)
    group_key = UnicodeAttribute()
    sort_order_label = UnicodeAttribute()
    label = UnicodeAttribute()
    slug = UnicodeAttribute()
    aliases = texts()
    parent_id = UnicodeAttribute(null=True)
    sort_order = IntegerAttribute(default=0)
    color = UnicodeAttribute(null=True)
    archived_at = UTCDateTimeAttribute(null=True)
    merged_into = UnicodeAttribute(null=True)
    created_by = UnicodeAttribute()
    updated_by = UnicodeAttribute()

    by_group = OptionsByGroup()


class NameClaim(BaseRecord):
    """Holds a name for one option of its group, so that two people cannot make the same option at once."""

    class Meta(TableMeta):
        table_name = table("metadata")
        shares_table = True

    option_id = UnicodeAttribute(hash_key=True)
    claimed_by = UnicodeAttribute()


class JobsByState(GlobalSecondaryIndex["Job"]):
    class Meta(IndexMeta):
        index_name = "GroupKeyIndex"

    group_key = UnicodeAttribute(hash_key=True)
    sort_order_label = UnicodeAttribute(range_key=True)


class Job(Record):
    """A merge or a rename that those who refer to options have to follow; a merge's is its journal, too.

    `cursors` say for each of them how far it has come; `children` are the options that were moved to the target.
    """

    class Meta(TableMeta):
        table_name = table("metadata")
        shares_table = True

    option_id = UnicodeAttribute(hash_key=True)
    group_key = UnicodeAttribute()
    sort_order_label = UnicodeAttribute()
    kind = UnicodeAttribute()
    source_id = UnicodeAttribute()
    target_id = UnicodeAttribute()
    children = texts()
    cursors = JSONAttribute(null=True)
    followed = IntegerAttribute(default=0)
    started_by = UnicodeAttribute()
    finished_at = UTCDateTimeAttribute(null=True)
    undone_at = UTCDateTimeAttribute(null=True)

    by_state = JobsByState()


class TracesOfJob(GlobalSecondaryIndex["Trace"]):
    class Meta(IndexMeta):
        index_name = "GroupKeyIndex"

    group_key = UnicodeAttribute(hash_key=True)
    sort_order_label = UnicodeAttribute(range_key=True)


class Trace(BaseRecord):
    """What a merge changed in one thing that referred to its source."""

    class Meta(TableMeta):
        table_name = table("metadata")
        shares_table = True

    option_id = UnicodeAttribute(hash_key=True)
    group_key = UnicodeAttribute()
    sort_order_label = UnicodeAttribute()
    fields = JSONAttribute()

    by_job = TracesOfJob()
