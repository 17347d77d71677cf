"""Assignments of courses and paths.

| what is asked | where |
|---|---|
| what somebody is assigned; one of it | `Assignment` by `user_id`, `assignment_id` |
| the assignments of a course or a path | `ByCourseIndex` by `course_id` (of a path: its id), `assigned_at` |
| what is open and due on a day (sparse) | `DueIndex` by `open_due`, `due_at` |
"""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws.records import IndexMeta, IntegerAttribute, Record, TableMeta, table


class AssignmentsByCourse(GlobalSecondaryIndex["Assignment"]):
    class Meta(IndexMeta):
        index_name = "ByCourseIndex"

    course_id = UnicodeAttribute(hash_key=True)
    assigned_at = UTCDateTimeAttribute(range_key=True)


class AssignmentsByDue(GlobalSecondaryIndex["Assignment"]):
    class Meta(IndexMeta):
        index_name = "DueIndex"

    open_due = UnicodeAttribute(hash_key=True)
    due_at = UTCDateTimeAttribute(range_key=True)


class Assignment(Record):
    """`assignment_id` follows from target, cycle and origin, so that assigning twice comes to one assignment.

    `due_date` is the instant as ISO 8601, as `due_at`; `due_zone` the zone it was meant in, and `due_on` the day there,
    for a due date without a time. `open_due` is the UTC day of the due date while it is open. `title` is what the
    target was called when it was assigned, so that lists read nothing more. `reminded` is the last reminder's stage.
    """

    class Meta(TableMeta):
        table_name = table("lms_assignments")

    user_id = UnicodeAttribute(hash_key=True)
    assignment_id = UnicodeAttribute(range_key=True)
    course_id = UnicodeAttribute()
    target = UnicodeAttribute()
    title = UnicodeAttribute(default="")
    cycle = IntegerAttribute(default=1)
    origin = UnicodeAttribute()
    assigned_by_user_id = UnicodeAttribute()
    assigned_at = UTCDateTimeAttribute()
    status = UnicodeAttribute()
    due_date = UnicodeAttribute(null=True)
    due_at = UTCDateTimeAttribute(null=True)
    due_on = UnicodeAttribute(null=True)
    due_zone = UnicodeAttribute(null=True)
    open_due = UnicodeAttribute(null=True)
    must_redo = BooleanAttribute(default=False)
    note = UnicodeAttribute(default="")
    completed_at = UTCDateTimeAttribute(null=True)
    late = BooleanAttribute(null=True)
    closed_by = UnicodeAttribute(null=True)
    closed_reason = UnicodeAttribute(null=True)
    overdue_told_at = UTCDateTimeAttribute(null=True)
    reminded = UnicodeAttribute(null=True)

    by_course = AssignmentsByCourse()
    by_due = AssignmentsByDue()
