"""What is to be mailed to whom, and what became of it. No address, no title, no name.

| what is asked | where |
|---|---|
| what waits for a person's next mails | `Waiting` by `user_id`, its rows that begin with `waiting#` |
| a mailing; all of a person | `Mailing` by `user_id`, `row` |
| mailings that are due | `DueIndex`; those that are done have no place in it |
"""

from __future__ import annotations

from pynamodb.attributes import TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws import records
from core.aws.records import BaseRecord, IntegerAttribute, table, texts
from notifications.delivery.enums import MailingState


class DueMailings(GlobalSecondaryIndex["Mailing"]):
    class Meta(records.IndexMeta):
        index_name = "DueIndex"

    queue = UnicodeAttribute(hash_key=True)
    due_at = UTCDateTimeAttribute(range_key=True)


class Mailing(BaseRecord):
    """One mail to one person: `row` is `now#…`, `daily#…` or `weekly#…` with its minute or her day.

    Whoever sends it takes it first, with what it is to tell of in `keys`, and so nobody sends it twice. `queue` is set
    for as long as it is still to be sent. No export takes mailings along, nor what waits for them: what went out since
    would go out again, and from a copy it must not go out at all.
    """

    class Meta(records.TableMeta):
        table_name = table("mailings")
        transient_rows = ("waiting#", "now#", "daily#", "weekly#", "slack#")

    user_id = UnicodeAttribute(hash_key=True)
    row = UnicodeAttribute(range_key=True)
    state = UnicodeAttribute(default=MailingState.WAITING.value)
    queue = UnicodeAttribute(null=True)
    due_at = UTCDateTimeAttribute()
    keys = texts()  # type: ignore[arg-type]
    tries = IntegerAttribute(default=0)
    taken_at = UTCDateTimeAttribute(null=True)
    sent_at = UTCDateTimeAttribute(null=True)
    ttl = TTLAttribute()

    by_due = DueMailings()


class Waiting(BaseRecord):
    """A notification that her mail has not told yet; when it does, her preferences say at that moment."""

    class Meta(records.TableMeta):
        table_name = table("mailings")
        shares_table = True

    user_id = UnicodeAttribute(hash_key=True)
    row = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute()
    ttl = TTLAttribute()
