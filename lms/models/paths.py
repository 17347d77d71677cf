"""Learning paths.

| what is asked | where |
|---|---|
| a path; the paths of a list (BatchGet) | `Path` by `path_id` |
| published paths, newest first | `PublishedPathsIndex` by `status`, `published_at` |
"""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws.records import IndexMeta, IntegerAttribute, Record, TableMeta, table, texts


class PublishedPaths(GlobalSecondaryIndex["Path"]):
    class Meta(IndexMeta):
        index_name = "PublishedPathsIndex"

    status = UnicodeAttribute(hash_key=True)
    published_at = UTCDateTimeAttribute(range_key=True)


class Path(Record):
    """`steps` is the ordered list that `rules.paths` describes; `course_ids` names every course in it.

    `waived_steps` are those that everybody was let off, because what they led to was withdrawn. `step_changes` counts
    changes of the list of steps, which make no text stale.
    """

    class Meta(TableMeta):
        table_name = table("lms_paths")

    path_id = UnicodeAttribute(hash_key=True)
    title = UnicodeAttribute()
    description = UnicodeAttribute(default="")
    status = UnicodeAttribute()
    owner_user_id = UnicodeAttribute()
    product_suite = UnicodeAttribute(null=True)
    product = UnicodeAttribute(null=True)
    product_concept = UnicodeAttribute(null=True)
    tags = texts()
    sequential = BooleanAttribute(default=True)
    steps = JSONAttribute(null=True)
    course_ids = texts()
    waived_steps = texts()
    step_changes = IntegerAttribute(default=0)
    estimated_duration_minutes = IntegerAttribute(default=0)
    published_at = UTCDateTimeAttribute(null=True)
    published_by = UnicodeAttribute(null=True)

    published = PublishedPaths()

    @property
    def text_rev(self) -> int:
        """`rev` without the changes of its steps: adding one beside an open form must not make its text stale."""
        return int(self.rev) - int(self.step_changes)
