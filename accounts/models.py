"""Profiles, sessions and the audit log.

| what is asked | where |
|---|---|
| profile of a person, names of a page | `Profile` by `user_id` |
| a session by its key, those of a person | `SessionRecord` by `session_key`, `ByPersonIndex` |
| audit of a month, by actor, about a thing | `AuditEntry` by `month`, `ByActorIndex`, `ByTargetIndex` |
"""

from __future__ import annotations

from pynamodb.attributes import JSONAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from accounts.enums import ListView, Theme
from core.aws import records
from core.aws.records import BaseRecord, Record, table, texts


class Profile(Record):
    """No e-mail address and no role: both stay in Cognito."""

    class Meta(records.TableMeta):
        table_name = table("profiles")

    user_id = UnicodeAttribute(hash_key=True)
    display_name = UnicodeAttribute()
    time_zone = UnicodeAttribute(default="")
    language = UnicodeAttribute(default="")
    theme = UnicodeAttribute(default=Theme.SYSTEM.value)
    list_view = UnicodeAttribute(default=ListView.ROWS.value)
    product_ids = texts()  # type: ignore[arg-type]
    favourites = texts()  # type: ignore[arg-type]
    recent = texts()  # type: ignore[arg-type]


class SessionsByPerson(GlobalSecondaryIndex["SessionRecord"]):
    class Meta(records.IndexMeta):
        index_name = "ByPersonIndex"
        projection = KeysOnlyProjection()  # type: ignore[assignment]

    user_id = UnicodeAttribute(hash_key=True)


class SessionRecord(BaseRecord):
    """`session_key` is a digest of the cookie's key and `data` is sealed with it: a leaked table opens nothing."""

    class Meta(records.TableMeta):
        table_name = table("sessions")

    session_key = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute(null=True)
    data = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    ttl = TTLAttribute()

    by_person = SessionsByPerson()


class AuditByActor(GlobalSecondaryIndex["AuditEntry"]):
    class Meta(records.IndexMeta):
        index_name = "ByActorIndex"

    actor_id = UnicodeAttribute(hash_key=True)
    ts_id = UnicodeAttribute(range_key=True, attr_name="ts#id")


class AuditByTarget(GlobalSecondaryIndex["AuditEntry"]):
    class Meta(records.IndexMeta):
        index_name = "ByTargetIndex"

    target = UnicodeAttribute(hash_key=True)
    ts_id = UnicodeAttribute(range_key=True, attr_name="ts#id")


class AuditEntry(BaseRecord):
    """Who did what to which thing, when and why. Written once, never changed."""

    class Meta(records.TableMeta):
        table_name = table("audit_log")

    month = UnicodeAttribute(hash_key=True)
    ts_id = UnicodeAttribute(range_key=True, attr_name="ts#id")
    at = UTCDateTimeAttribute()
    actor_id = UnicodeAttribute()
    actor_role = UnicodeAttribute()
    action = UnicodeAttribute()
    target = UnicodeAttribute()
    object_type = UnicodeAttribute()
    object_id = UnicodeAttribute()
    object_version = UnicodeAttribute(null=True)
    changes = JSONAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    result = UnicodeAttribute()
    request_id = UnicodeAttribute(null=True)

    by_actor = AuditByActor()
    by_target = AuditByTarget()
