"""Attempts at quizzes.

| what is asked | where |
|---|---|
| the attempts of a person at a quiz; one of them | `Attempt` by `user_id`, `lesson_id#attempt` |
| the attempts of everybody at a quiz, for its author | `ByLessonIndex` by `lesson_id`, `started_at` |
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


class Attempt(Record):
    """Runs on the questions of `course_version`, whatever becomes of them meanwhile.

    `drawn` is the order of the questions with that of their options, `[[question_id, [option_id, …]], …]`; `answers`
    maps a question to `{"value", "rev", "at"}`; `marks` to the points earned, once graded.
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
    drawn = JSONAttribute()
    answers = JSONAttribute(null=True)
    marks = JSONAttribute(null=True)
    pass_mark = IntegerAttribute()
    started_at = UTCDateTimeAttribute()
    deadline_at = UTCDateTimeAttribute(null=True)
    saved_at = UTCDateTimeAttribute(null=True)
    finished_at = UTCDateTimeAttribute(null=True)
    earned = IntegerAttribute(null=True)
    total = IntegerAttribute(null=True)
    passed = BooleanAttribute(null=True)

    by_lesson = AttemptsByLesson()
