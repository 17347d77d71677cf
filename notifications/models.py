"""What stands in people's inboxes, and what they follow. No title and no name: those are read when it is shown.

| what is asked | where |
|---|---|
| a person's notifications, newest first; one of them | `Notification` by `user_id`, `created_at#notification_id` |
| those that she has not read | `UnreadIndex`, which holds no others |
| how many she has not read, and what she wants to hear nothing of | `InboxHead`, in her partition |
| what is told together at this moment | `OccasionRow` by its name, in the same table |
| what is still to be told to many | `Errand` by its one key, in the same table |
| what a person follows | `Subscription` by `user_id`, `target` |
| who follows a thing | `ByTargetIndex` |
"""

from __future__ import annotations

from pynamodb.attributes import (
    JSONAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws import records
from core.aws.records import AnyMapAttribute, BaseRecord, IntegerAttribute, table, texts

_KEY = "created_at#notification_id"


class UnreadNotifications(GlobalSecondaryIndex["Notification"]):
    class Meta(records.IndexMeta):
        index_name = "UnreadIndex"

    unread_of = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True, attr_name=_KEY)


class Notification(BaseRecord):
    """`about` names a thing, as `content:<id>`; `facts` are a few ids and values that its sentence needs.

    `times` is how often it happened, without what she did herself. `unread_of` is the person while she has not read it.
    """

    class Meta(records.TableMeta):
        table_name = table("notifications")

    user_id = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True, attr_name=_KEY)
    kind = UnicodeAttribute()
    about = UnicodeAttribute()
    facts = AnyMapAttribute(default=dict)
    actor_id = UnicodeAttribute()
    times = IntegerAttribute(default=1)
    created_at = UTCDateTimeAttribute()
    updated_at = UTCDateTimeAttribute()
    read_at = UTCDateTimeAttribute(null=True)
    unread_of = UnicodeAttribute(null=True)
    rev = VersionAttribute()
    ttl = TTLAttribute()

    unread = UnreadNotifications()

    @property
    def notification_id(self) -> str:
        return str(self.key).partition("#")[2]


class InboxHead(BaseRecord):
    """Written in one transaction with each of her notifications, so that the count is never off."""

    class Meta(records.TableMeta):
        table_name = table("notifications")
        shares_table = True

    user_id = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True, attr_name=_KEY)
    unread = IntegerAttribute(default=0)
    muted = texts()  # type: ignore[arg-type]
    rev = VersionAttribute()


class OccasionRow(BaseRecord):
    """`happenings` are pairs of an event's id and its actor. The name has a `#`, as no person's id has."""

    class Meta(records.TableMeta):
        table_name = table("notifications")
        shares_table = True

    name = UnicodeAttribute(hash_key=True, attr_name="user_id")
    key = UnicodeAttribute(range_key=True, attr_name=_KEY)
    began_at = UTCDateTimeAttribute()
    happenings = JSONAttribute()
    rev = VersionAttribute()
    ttl = TTLAttribute()


class Errand(BaseRecord):
    """Something that many are to be told. `targets` are whose followers; `place` is the one it is at, `after` the last
    of its followers who has been told."""

    class Meta(records.TableMeta):
        table_name = table("notifications")
        shares_table = True

    queue = UnicodeAttribute(hash_key=True, attr_name="user_id")
    errand_id = UnicodeAttribute(range_key=True, attr_name=_KEY)
    what = AnyMapAttribute()
    targets = texts()  # type: ignore[arg-type]
    place = IntegerAttribute(default=0)
    after = UnicodeAttribute(null=True)
    told = IntegerAttribute(default=0)
    tries = IntegerAttribute(default=0)
    next_try_at = UTCDateTimeAttribute(null=True)
    rev = VersionAttribute()


class SubscriptionsByTarget(GlobalSecondaryIndex["Subscription"]):
    class Meta(records.IndexMeta):
        index_name = "ByTargetIndex"

    target = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute(range_key=True)


class Subscription(BaseRecord):
    class Meta(records.TableMeta):
        table_name = table("subscriptions")

    user_id = UnicodeAttribute(hash_key=True)
    target = UnicodeAttribute(range_key=True)
    origin = UnicodeAttribute()
    since = UTCDateTimeAttribute()

    by_target = SubscriptionsByTarget()
