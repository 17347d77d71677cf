"""What happened, as it was told, and what is counted of it.

| what is asked | where |
|---|---|
| the events of a day, in their order | `EventRow` by `date_bucket` |
| what a month brought all things of a kind, or one of them | `MonthRow` by `<kind>#<month>` and the thing |
| what was searched on the days of a range | `TermRow` by the key `~term` and `<day>#<words>`, in the same table |
| what there is: items, courses and paths with their labels | `StockRow` by `~stock#<kind>` and the thing, likewise |
| how many are late in each team | `TeamRow` by the key `~team` and the team, likewise |
| all of a kind in a month, all words of a day, all that there is of a kind | `BoardRow` by `~board#…` and what it is of, in as many parts as it takes |
| up to when everything is counted; which days are to be counted again | `MarkRow` by the key `~mark`, likewise |
"""

from __future__ import annotations

import json
import zlib
from base64 import b85decode, b85encode
from typing import Any

from pynamodb.attributes import Attribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute, VersionAttribute
from pynamodb.constants import STRING

from core.aws.records import AnyMapAttribute, BaseRecord, IntegerAttribute, TableMeta, table, texts


class PackedAttribute(Attribute[dict[str, Any]]):
    """Whatever JSON can hold, compressed: digests by the thousand must fit into an item."""

    attr_type = STRING

    def serialize(self, value: dict[str, Any]) -> str:
        return b85encode(zlib.compress(json.dumps(value, separators=(",", ":"), sort_keys=True).encode())).decode()

    def deserialize(self, value: str) -> dict[str, Any]:
        return dict(json.loads(zlib.decompress(b85decode(value))))


class EventRow(BaseRecord):
    """Only ever added to. `metadata` is the rest of the envelope; the words of a search are a row of their own, so
    that they go before the others do.
    """

    class Meta(TableMeta):
        table_name = table("events")

    date_bucket = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True, attr_name="ts#event_id")
    event_id = UnicodeAttribute()
    event_name = UnicodeAttribute()
    user_id = UnicodeAttribute(null=True)
    content_id = UnicodeAttribute(null=True)
    metadata = AnyMapAttribute(null=True)
    timestamp = UnicodeAttribute()
    ttl = TTLAttribute(null=True)


class MonthRow(BaseRecord):
    """`sheet` is what each day brought (`rules.months.Sheet`)."""

    class Meta(TableMeta):
        table_name = table("rollups")
        derived = True

    part = UnicodeAttribute(hash_key=True)
    subject = UnicodeAttribute(range_key=True)
    sheet = PackedAttribute()
    counted_at = UTCDateTimeAttribute()
    ttl = TTLAttribute()
    rev = VersionAttribute()


class TermRow(BaseRecord):
    """How often something was searched on a day, how often in vain, and how often something found was opened."""

    class Meta(TableMeta):
        table_name = table("rollups")
        shares_table = True

    part = UnicodeAttribute(hash_key=True)
    subject = UnicodeAttribute(range_key=True)
    searches = IntegerAttribute(default=0)
    in_vain = IntegerAttribute(default=0)
    clicks = IntegerAttribute(default=0)
    people = IntegerAttribute(default=0)
    ttl = TTLAttribute()


class StockRow(BaseRecord):
    """`labels` are the ids of its options; `live_since` is empty for what readers do not see."""

    class Meta(TableMeta):
        table_name = table("rollups")
        shares_table = True

    part = UnicodeAttribute(hash_key=True)
    subject = UnicodeAttribute(range_key=True)
    title = UnicodeAttribute()
    status = UnicodeAttribute()
    owner_id = UnicodeAttribute(default="")
    labels = texts()  # type: ignore[arg-type]
    live_since = UTCDateTimeAttribute(null=True)
    review_at = UTCDateTimeAttribute(null=True)


class TeamRow(BaseRecord):
    class Meta(TableMeta):
        table_name = table("rollups")
        shares_table = True

    part = UnicodeAttribute(hash_key=True)
    subject = UnicodeAttribute(range_key=True)
    title = UnicodeAttribute()
    people = IntegerAttribute(default=0)
    behind = IntegerAttribute(default=0)
    overdue = IntegerAttribute(default=0)
    oldest_at = UTCDateTimeAttribute(null=True)


class BoardRow(BaseRecord):
    """What pages read at once instead of thousands of rows; made from these, and again whenever they are."""

    class Meta(TableMeta):
        table_name = table("rollups")
        shares_table = True

    part = UnicodeAttribute(hash_key=True)
    subject = UnicodeAttribute(range_key=True)
    things = PackedAttribute()
    parts = IntegerAttribute(default=1)
    ttl = TTLAttribute(null=True)


class MarkRow(BaseRecord):
    """`at` is when it was set; a day that is marked has events that came in after it was counted."""

    class Meta(TableMeta):
        table_name = table("rollups")
        shares_table = True

    part = UnicodeAttribute(hash_key=True)
    subject = UnicodeAttribute(range_key=True)
    at = UTCDateTimeAttribute()
    token = UnicodeAttribute(default="")
