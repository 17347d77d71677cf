"""Transcripts of videos: by `lesson_id`, `language`."""

from __future__ import annotations

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute

from core.aws.records import BaseRecord, Record, TableMeta, table


class Transcript(Record):
    """`segments` is `[[start, end, text], …]` in milliseconds. `state` says whether a machine is still listening.

    `media_key` names the video that it was made from; `job` the transcription that makes it, when one does.
    """

    class Meta(TableMeta):
        table_name = table("lms_transcripts")

    lesson_id = UnicodeAttribute(hash_key=True)
    language = UnicodeAttribute(range_key=True)
    label = UnicodeAttribute(null=True)
    course_id = UnicodeAttribute()
    state = UnicodeAttribute()
    origin = UnicodeAttribute()
    segments = JSONAttribute(null=True)
    media_key = UnicodeAttribute(null=True)
    job = UnicodeAttribute(null=True)
    failed_because = UnicodeAttribute(null=True)
    edited_by = UnicodeAttribute(null=True)
    finished_at = UTCDateTimeAttribute(null=True)


class PendingJob(BaseRecord):
    """A transcription that is under way, kept until it has ended, in case its event gets lost."""

    class Meta(TableMeta):
        table_name = table("lms_transcripts")
        shares_table = True

    pending = UnicodeAttribute(hash_key=True, attr_name="lesson_id")
    job = UnicodeAttribute(range_key=True, attr_name="language")
    started_at = UTCDateTimeAttribute()
