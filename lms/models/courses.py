"""Courses and lessons as their authors write them, and the numbered snapshots that learners read.

| what is asked | where |
|---|---|
| a course; the courses of a list (BatchGet) | `Course` by `course_id` |
| published courses, newest first | `PublishedCatalogIndex` by `status`, `published_at` |
| the lessons of a course; one of them | `Lesson` by `course_id`, `lesson_id` |
| what learners read: an outline, a lesson | `Snapshot` by `course_id`, `version#part` |
| every course and path there is, drafts too | `Registered` by its one key, in the same table |
"""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws.records import AnyMapAttribute, BaseRecord, IndexMeta, IntegerAttribute, Record, TableMeta, table, texts


class PublishedCatalog(GlobalSecondaryIndex["Course"]):
    class Meta(IndexMeta):
        index_name = "PublishedCatalogIndex"

    status = UnicodeAttribute(hash_key=True)
    published_at = UTCDateTimeAttribute(range_key=True)


class Course(Record):
    """The author's draft of a course's own page, and what of it is live.

    `version` is the number of the snapshot that learners read, 0 before the first. `sections` is an ordered list of
    `{"section_id", "title"}`. `estimated_duration_minutes` is what its page shows: `duration_override`, or the sum.
    `live` is what lists show of that snapshot, see `Outline.in_lists`; everything else here is the draft.
    `last_version` is the highest number that a publication has taken, whether or not it came to an end.
    `draft_changed`: somebody wrote since the last snapshot. `ready_at`: when its author asked for it to be published.
    """

    class Meta(TableMeta):
        table_name = table("lms_courses")

    course_id = UnicodeAttribute(hash_key=True)
    status = UnicodeAttribute()
    title = UnicodeAttribute()
    description = UnicodeAttribute(default="")
    outcomes = texts()
    product_suite = UnicodeAttribute(null=True)
    product = UnicodeAttribute(null=True)
    product_concept = UnicodeAttribute(null=True)
    tags = texts()
    badge = UnicodeAttribute(null=True)
    difficulty_level = UnicodeAttribute(null=True)
    estimated_duration_minutes = IntegerAttribute(default=0)
    duration_override = IntegerAttribute(null=True)
    thumbnail_s3_bucket = UnicodeAttribute(null=True)
    thumbnail_s3_key = UnicodeAttribute(null=True)
    owner_user_id = UnicodeAttribute()
    prerequisite_ids = texts()
    related_item_ids = texts()
    self_marking = BooleanAttribute(default=True)
    certificate = BooleanAttribute(default=True)
    validity_months = IntegerAttribute(null=True)
    renewal_window_days = IntegerAttribute(default=60)
    sections = JSONAttribute(null=True)
    lesson_count = IntegerAttribute(default=0)
    version = IntegerAttribute(default=0)
    last_version = IntegerAttribute(default=0)
    published_at = UTCDateTimeAttribute(null=True)
    published_by = UnicodeAttribute(null=True)
    published_digest = UnicodeAttribute(null=True)
    live = AnyMapAttribute(null=True)
    draft_changed = BooleanAttribute(default=True)
    ready_at = UTCDateTimeAttribute(null=True)
    import_key = UnicodeAttribute(null=True)
    import_digest = UnicodeAttribute(null=True)

    published = PublishedCatalog()


class Lesson(Record):
    """`content` is what its kind needs, see `rules.lessons`. `duration_seconds` is `duration_override`, or computed.

    `moves` counts changes of its place, which make no text stale.
    """

    class Meta(TableMeta):
        table_name = table("lms_lessons")

    course_id = UnicodeAttribute(hash_key=True)
    lesson_id = UnicodeAttribute(range_key=True)
    section_id = UnicodeAttribute()
    title = UnicodeAttribute()
    description = UnicodeAttribute(default="")
    lesson_type = UnicodeAttribute()
    order_index = IntegerAttribute()
    required = BooleanAttribute(default=True)
    duration_seconds = IntegerAttribute(default=0)
    duration_override = IntegerAttribute(null=True)
    video_s3_bucket = UnicodeAttribute(null=True)
    video_s3_key = UnicodeAttribute(null=True)
    transcript_s3_bucket = UnicodeAttribute(null=True)
    transcript_s3_key = UnicodeAttribute(null=True)
    content = AnyMapAttribute(default=dict)
    moves = IntegerAttribute(default=0)
    import_digest = UnicodeAttribute(null=True)

    @property
    def text_rev(self) -> int:
        """`rev` without the changes of its place: moving a lesson beside an open form must not make its text stale."""
        return int(self.rev) - int(self.moves)


class Snapshot(BaseRecord):
    """A part of a published version, never changed: `000001#course` is its outline, `000001#<lesson_id>` a lesson."""

    class Meta(TableMeta):
        table_name = table("lms_course_versions")

    course_id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True, attr_name="version#part")
    data = JSONAttribute()
    published_at = UTCDateTimeAttribute()
    published_by = UnicodeAttribute()


class Registered(BaseRecord):
    """Names a course or a path from its first moment on: the catalogue's index knows those that were published."""

    class Meta(TableMeta):
        table_name = table("lms_course_versions")
        shares_table = True

    register = UnicodeAttribute(hash_key=True, attr_name="course_id")
    named = UnicodeAttribute(range_key=True, attr_name="version#part")
