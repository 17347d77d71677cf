"""How far people have come. All rows of a person stand in one partition of `lms_progress`:

| sort key | row |
|---|---|
| `<course_id>#<lesson_id>` | a lesson in the present cycle: `LessonProgress` |
| `<course_id>#<lesson_id>#<cycle>` | the same lesson in a cycle that is over |
| `~course#<course_id>` | the roll-up of a course: `CourseProgress` |
| `~cycle#<course_id>#<cycle>` | the roll-up of a cycle that is over |
| `~path#<path_id>` | the roll-up of a path: `PathProgress` |

So one query gives all of a course, and one all courses that somebody has begun.
"""

from __future__ import annotations

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)

from core.aws.records import BaseRecord, IntegerAttribute, TableMeta, table


class LessonProgress(BaseRecord):
    """`ranges` are the watched stretches of a video in whole seconds, `[[from, to], …]`; `position` where to resume.

    `beat_at` is when the last heartbeat was taken, `player` whose it was (a page load) and `seq` its number there;
    `grace` what is left of the seconds that reports may bring beyond the time that has passed.
    """

    class Meta(TableMeta):
        table_name = table("lms_progress")

    user_id = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True, attr_name="course_id#lesson_id")
    course_id = UnicodeAttribute()
    lesson_id = UnicodeAttribute()
    status = UnicodeAttribute()
    progress_percentage = IntegerAttribute(default=0)
    started_at = UTCDateTimeAttribute(null=True)
    last_accessed_at = UTCDateTimeAttribute()
    completed_at = UTCDateTimeAttribute(null=True)
    cycle = IntegerAttribute(default=1)
    course_version = IntegerAttribute(default=0)
    media_key = UnicodeAttribute(null=True)
    position = IntegerAttribute(default=0)
    ranges = JSONAttribute(null=True)
    player = UnicodeAttribute(null=True)
    seq = IntegerAttribute(default=0)
    beat_at = UTCDateTimeAttribute(null=True)
    grace = IntegerAttribute(null=True)
    points = IntegerAttribute(null=True)
    points_possible = IntegerAttribute(null=True)
    rev = VersionAttribute()


class CourseProgress(BaseRecord):
    """Completion is latched: `completed_at`, `course_version` and the points stay what they were that day."""

    class Meta(TableMeta):
        table_name = table("lms_progress")
        shares_table = True

    user_id = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True, attr_name="course_id#lesson_id")
    course_id = UnicodeAttribute()
    status = UnicodeAttribute()
    progress_percentage = IntegerAttribute(default=0)
    started_at = UTCDateTimeAttribute()
    last_accessed_at = UTCDateTimeAttribute()
    last_lesson_id = UnicodeAttribute(null=True)
    completed_at = UTCDateTimeAttribute(null=True)
    completion_reason = UnicodeAttribute(null=True)
    course_version = IntegerAttribute(default=0)
    cycle = IntegerAttribute(default=1)
    points = IntegerAttribute(null=True)
    points_possible = IntegerAttribute(null=True)
    certificate_id = UnicodeAttribute(null=True)
    valid_until = UTCDateTimeAttribute(null=True)
    rev = VersionAttribute()


class PathProgress(BaseRecord):
    """`waived` are the ids of steps that somebody was let off; `read_items` the must-read items she has opened."""

    class Meta(TableMeta):
        table_name = table("lms_progress")
        shares_table = True

    user_id = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True, attr_name="course_id#lesson_id")
    path_id = UnicodeAttribute()
    status = UnicodeAttribute()
    progress_percentage = IntegerAttribute(default=0)
    started_at = UTCDateTimeAttribute()
    last_accessed_at = UTCDateTimeAttribute()
    completed_at = UTCDateTimeAttribute(null=True)
    waived = JSONAttribute(null=True)
    read_items = JSONAttribute(null=True)
    announced = BooleanAttribute(default=False)
    rev = VersionAttribute()
