"""The channels that there are: few, and all in one partition (`Channel` by `register`)."""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from accounts.enums import Role
from core.aws import records
from core.aws.records import Record, table, texts


class Channel(Record):
    """`address` is sealed, for whoever knows it may write there; `host` is what is shown of it.

    `audience` is the lowest role of those who read there: what somebody of that role may not see is not told.
    """

    class Meta(records.TableMeta):
        table_name = table("mailings")
        shares_table = True

    register = UnicodeAttribute(hash_key=True, attr_name="user_id")
    channel_id = UnicodeAttribute(range_key=True, attr_name="row")
    name = UnicodeAttribute()
    address = UnicodeAttribute()
    host = UnicodeAttribute()
    topics = texts()  # type: ignore[arg-type]
    audience = UnicodeAttribute(default=Role.VIEWER.value)
    active = BooleanAttribute(default=True)
    off_because = UnicodeAttribute(null=True)
