"""Attempts at quizzes.

| what is asked | where |
|---|---|
| the attempts of a person at a quiz; one of them | `Attempt` by `user_id`, `lesson_id#attempt` |
| the attempts of everybody at a quiz, for its author | `ByLessonIndex` by `lesson_id`, `started_at` |
| open ones whose time ends on a day (sparse) | `DeadlineIndex` by `open_until`, `deadline_at` |
"""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex

from core.aws.records import IndexMeta, IntegerAttribute, Record, TableMeta, table


class AttemptsByLesson(GlobalSecondaryIndex["Attempt"]):
    class Meta(IndexMeta):
        index_name = "ByLessonIndex"

    lesson_id = UnicodeAttribute(hash_key=True)
    started_at = UTCDateTimeAttribute(range_key=True)


class AttemptsByDeadline(GlobalSecondaryIndex["Attempt"]):
    class Meta(IndexMeta):
        index_name = "DeadlineIndex"

    open_until = UnicodeAttribute(hash_key=True)
    deadline_at = UTCDateTimeAttribute(range_key=True)


class Attempt(Record):
    """Runs on the questions of `course_version`, whatever becomes of them meanwhile.

    `drawn` is what was drawn with `seed`, in order: see `rules.quizzes.drawing`. `answers` maps a question to
    `{"value", "rev", "at"}`; `marks` to the points earned, once graded. `graded_version` is the version whose
    questions gave the marks, where it was graded again. `open_until` is the UTC day of the deadline while it is open.
    """

    class Meta(TableMeta):
        table_name = table("lms_quiz_attempts")

    user_id = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True, attr_name="lesson_id#attempt")
    lesson_id = UnicodeAttribute()
    course_id = UnicodeAttribute()
    course_version = IntegerAttribute()
    number = IntegerAttribute()
    cycle = IntegerAttribute(default=1)
    status = UnicodeAttribute()
    seed = IntegerAttribute(default=0)
    drawn = JSONAttribute()
    answers = JSONAttribute(null=True)
    marks = JSONAttribute(null=True)
    pass_mark = IntegerAttribute()
    started_at = UTCDateTimeAttribute()
    deadline_at = UTCDateTimeAttribute(null=True)
    open_until = UnicodeAttribute(null=True)
    saved_at = UTCDateTimeAttribute(null=True)
    finished_at = UTCDateTimeAttribute(null=True)
    earned = IntegerAttribute(null=True)
    total = IntegerAttribute(null=True)
    passed = BooleanAttribute(null=True)
    graded_version = IntegerAttribute(null=True)

    by_lesson = AttemptsByLesson()
    by_deadline = AttemptsByDeadline()
