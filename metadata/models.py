"""The option hierarchy.

| what is asked | where |
|---|---|
| option by id | `Option` by `option_id` |
| options of a group, in their order | `GroupKeyIndex` |
| is this label taken? | `Option` by the id `name:<group>:<key>`, a claim written with the option |
"""

from __future__ import annotations

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws.records import BaseRecord, IndexMeta, IntegerAttribute, Record, TableMeta, table


class OptionsByGroup(GlobalSecondaryIndex["Option"]):
    class Meta(IndexMeta):
        index_name = "GroupKeyIndex"

    group_key = UnicodeAttribute(hash_key=True)
    sort_order_label = UnicodeAttribute(range_key=True)


class Option(Record):
    """`sort_order_label` is the order, padded, then the label: the index sorts by it as text."""

    class Meta(TableMeta):
        table_name = table("metadata")

    option_id = UnicodeAttribute(hash_key=True)
    group_key = UnicodeAttribute()
    sort_order_label = UnicodeAttribute()
    label = UnicodeAttribute()
    slug = UnicodeAttribute()
    parent_id = UnicodeAttribute(null=True)
    sort_order = IntegerAttribute(default=0)
    color = UnicodeAttribute(null=True)
    archived_at = UTCDateTimeAttribute(null=True)
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
