"""Items of the library and their versions.

| what is asked | where |
|---|---|
| an item; the items of a list (BatchGet) | `ContentItem` by `content_id` |
| by status, by owner, by suite; newest first | `StatusIndex`, `OwnerIndex`, `ProductIndex` |
| what waits for review; whose drafts | `WorkIndex` (sparse) by `work_status`, `OwnerIndex` |
| what goes live, expires, is due for review (sparse) | `GoLiveIndex`, `ExpiryIndex`, `ReviewIndex`, by month |
| a version; the versions of an item | `ContentVersion` by `content_id`, `version` |
| a comment; a stretch of a conversation, thread by thread | `ContentComment` by `content_id`, `comment_id` |
"""

from __future__ import annotations

from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    ListAttribute,
    MapAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws.records import IndexMeta, IntegerAttribute, Record, TableMeta, table, texts


class ItemsByStatus(GlobalSecondaryIndex["ContentItem"]):
    class Meta(IndexMeta):
        index_name = "StatusIndex"

    status = UnicodeAttribute(hash_key=True)
    updated_at = UTCDateTimeAttribute(range_key=True)


class ItemsByOwner(GlobalSecondaryIndex["ContentItem"]):
    class Meta(IndexMeta):
        index_name = "OwnerIndex"

    owner_user_id = UnicodeAttribute(hash_key=True)
    updated_at = UTCDateTimeAttribute(range_key=True)


class ItemsByProduct(GlobalSecondaryIndex["ContentItem"]):
    class Meta(IndexMeta):
        index_name = "ProductIndex"

    product_suite = UnicodeAttribute(hash_key=True)
    updated_at = UTCDateTimeAttribute(range_key=True)


class ItemsInWork(GlobalSecondaryIndex["ContentItem"]):
    class Meta(IndexMeta):
        index_name = "WorkIndex"

    work_status = UnicodeAttribute(hash_key=True)
    work_updated_at = UTCDateTimeAttribute(range_key=True)


class ItemsByGoLive(GlobalSecondaryIndex["ContentItem"]):
    class Meta(IndexMeta):
        index_name = "GoLiveIndex"

    go_live_month = UnicodeAttribute(hash_key=True)
    go_live_at = UTCDateTimeAttribute(range_key=True)


class ItemsByExpiry(GlobalSecondaryIndex["ContentItem"]):
    class Meta(IndexMeta):
        index_name = "ExpiryIndex"

    expiry_month = UnicodeAttribute(hash_key=True)
    expire_at = UTCDateTimeAttribute(range_key=True)


class ItemsByReview(GlobalSecondaryIndex["ContentItem"]):
    class Meta(IndexMeta):
        index_name = "ReviewIndex"

    review_month = UnicodeAttribute(hash_key=True)
    next_review_at = UTCDateTimeAttribute(range_key=True)


class ContentItem(Record):
    """The live item. What lists show is kept here as a copy of the shown version: the live one, else the one in work.

    `format` says what kind of thing opens (`pdf`, `deck`, `video`, …, `article`, `link`); it is `rules.files`' group.
    """

    class Meta(TableMeta):
        table_name = table("content")

    content_id = UnicodeAttribute(hash_key=True)
    status = UnicodeAttribute()
    live_version = IntegerAttribute(null=True)
    work_version = IntegerAttribute(null=True)
    work_status = UnicodeAttribute(null=True)
    work_updated_at = UTCDateTimeAttribute(null=True)
    last_version = IntegerAttribute(default=1)
    ever_approved = BooleanAttribute(default=False)
    owner_user_id = UnicodeAttribute()
    editor_ids = texts()

    kind = UnicodeAttribute()
    format = UnicodeAttribute()
    title = UnicodeAttribute()
    summary = UnicodeAttribute(default="")
    product_suite = UnicodeAttribute(null=True)
    product = UnicodeAttribute(null=True)
    product_concept = UnicodeAttribute(null=True)
    tags = texts()
    file_count = IntegerAttribute(default=0)
    file_size = IntegerAttribute(default=0)

    go_live_at = UTCDateTimeAttribute(null=True)
    go_live_month = UnicodeAttribute(null=True)
    expire_at = UTCDateTimeAttribute(null=True)
    expiry_month = UnicodeAttribute(null=True)
    review_every_days = IntegerAttribute(default=90)
    next_review_at = UTCDateTimeAttribute(null=True)
    review_month = UnicodeAttribute(null=True)
    review_told = UnicodeAttribute(null=True)
    approved_at = UTCDateTimeAttribute(null=True)
    approved_by = UnicodeAttribute(null=True)
    verified_at = UTCDateTimeAttribute(null=True)
    verified_by = UnicodeAttribute(null=True)
    status_reason = UnicodeAttribute(null=True)
    replacement_id = UnicodeAttribute(null=True)
    import_key = UnicodeAttribute(null=True)
    import_digest = UnicodeAttribute(null=True)

    by_status = ItemsByStatus()
    by_owner = ItemsByOwner()
    by_product = ItemsByProduct()
    in_work = ItemsInWork()
    by_go_live = ItemsByGoLive()
    by_expiry = ItemsByExpiry()
    by_review = ItemsByReview()


class StoredFile(MapAttribute[str, Any]):
    """A file in S3, pinned to the object version that was checked: a later upload under the same key changes nothing."""

    file_id = UnicodeAttribute()
    name = UnicodeAttribute()
    mime = UnicodeAttribute()
    group = UnicodeAttribute()
    size = IntegerAttribute()
    key = UnicodeAttribute()
    s3_version = UnicodeAttribute(null=True)
    etag = UnicodeAttribute()


class ContentVersion(Record):
    """Changes only while its status is Draft."""

    class Meta(TableMeta):
        table_name = table("content_versions")

    content_id = UnicodeAttribute(hash_key=True)
    version = IntegerAttribute(range_key=True)
    status = UnicodeAttribute()
    kind = UnicodeAttribute()
    title = UnicodeAttribute()
    summary = UnicodeAttribute(default="")
    body = UnicodeAttribute(default="")
    link_url = UnicodeAttribute(default="")
    product_suite = UnicodeAttribute(null=True)
    product = UnicodeAttribute(null=True)
    product_concept = UnicodeAttribute(null=True)
    tags = texts()
    files = ListAttribute(of=StoredFile, default=list)
    change_note = UnicodeAttribute(default="")
    minor_change = BooleanAttribute(default=False)
    author_user_id = UnicodeAttribute()
    edited_by = texts()
    submitted_at = UTCDateTimeAttribute(null=True)
    submitted_by = UnicodeAttribute(null=True)
    content_hash = UnicodeAttribute(null=True)
    review_comment = UnicodeAttribute(null=True)
    decided_at = UTCDateTimeAttribute(null=True)
    decided_by = UnicodeAttribute(null=True)
    file_changes = IntegerAttribute(default=0)

    @property
    def text_rev(self) -> int:
        """`rev` without the changes of files: a file added beside an open form must not make its text stale."""
        return int(self.rev) - int(self.file_changes)


class ContentComment(Record):
    """Its id says where it stands (see `rules/comments.py`): one range of keys is a conversation, with each thread together.

    One that was removed while it had answers keeps its place and nothing else. A thread's first comment says whether it
    is resolved.
    """

    class Meta(TableMeta):
        table_name = table("content_comments")

    content_id = UnicodeAttribute(hash_key=True)
    comment_id = UnicodeAttribute(range_key=True)
    author_user_id = UnicodeAttribute(null=True)
    text = UnicodeAttribute(default="")
    edited_at = UTCDateTimeAttribute(null=True)
    removed_at = UTCDateTimeAttribute(null=True)
    resolved_at = UTCDateTimeAttribute(null=True)
    resolved_by = UnicodeAttribute(null=True)

    @property
    def audit_id(self) -> str:
        return f"{self.content_id}.{self.comment_id}"
