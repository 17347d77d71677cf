"""Transcripts that Amazon Transcribe writes: started here, finished when its event tells so or, if that got lost, by the sweep."""

from __future__ import annotations

import json
import logging
import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from accounts.person import Person
from core import clock
from core.aws import s3, transcribe
from core.aws.records import Delete, Put
from core.errors import Invalid, NotFound, PortalError, Stale
from core.ids import new_id
from lms.enums import TranscriptOrigin, TranscriptState
from lms.models import PendingJob, Transcript
from lms.rules import captions
from lms.rules.media import SPOKEN
from lms.services import media, transcripts
from lms.store import courses as courses_store
from lms.store import transcripts as store

logger = logging.getLogger(__name__)

_PREFIX = "lesson-"
_JOB = re.compile(rf"{_PREFIX}(.+)-([a-z]{{2}})-[0-9a-z]{{26}}")
_UNREADABLE = "What was heard could not be read. Try again."
_MOST_OUTPUT = 30 * 1024 * 1024
_GRACE = timedelta(seconds=20)
_NEVER_BEGAN = timedelta(minutes=5)
_TOO_LONG = timedelta(hours=24)


class _UnderWay(Exception):
    """The same was asked for before."""


def start(*, course_id: str, lesson_id: str, language: str, by: Person) -> None:
    """What there is in that language stays until the new one is there. Asking twice starts one."""
    job = f"{_PREFIX}{lesson_id}-{language}-{new_id()}"

    def change(transcript: Transcript) -> None:
        if transcript.state == TranscriptState.PENDING and transcript.job:
            raise _UnderWay
        transcript.state, transcript.job = TranscriptState.PENDING.value, job
        transcript.failed_because, transcript.finished_at = None, None

    pending = PendingJob(store.PENDING, job, started_at=clock.now())
    try:
        made = transcripts.put(
            course_id=course_id,
            lesson_id=lesson_id,
            language=language,
            change=change,
            action="course.transcript_requested",
            by=by,
            also=lambda _: [Put(pending)],
        )
    except _UnderWay:
        return
    _begin(job, made, language)


def _begin(job: str, made: Transcript, language: str) -> None:
    try:
        transcribe.start(
            job,
            bucket=str(settings.LMS_MEDIA_BUCKET),
            key=str(made.media_key),
            language=SPOKEN[language],
            output_key=media.transcript_key(str(made.lesson_id)),
        )
    except PortalError:
        _end(job, failed_because="It could not be started. Try again in a moment.")


def finished(job: str) -> None:
    """To be called when Transcribe says that a job has ended, however often; jobs that are no longer wanted are ignored."""
    state = transcribe.state_of(job)
    if state is None or not state.ended:
        return
    if state.failed_because:
        _end(job, failed_because=state.failed_because)
        return
    try:
        _end(job, segments=_heard(job))
    except Invalid as error:
        _end(job, failed_because=error.message)


def sweep(now: datetime) -> int:
    """Finishes jobs whose event got lost; how many have ended."""
    ended = 0
    for pending in store.pending_jobs():
        try:
            ended += _swept(pending.job, now - pending.started_at)
        except PortalError:  # it has its next turn in a minute; those after it have theirs now
            logger.exception("transcription not swept", extra={"job": pending.job})
    return ended


def _swept(job: str, age: timedelta) -> bool:
    """Whether it has come to its end."""
    if age < _GRACE:
        return False
    state = transcribe.state_of(job)
    if state is not None and state.ended:
        finished(job)
    elif age > (_NEVER_BEGAN if state is None else _TOO_LONG):
        _end(job, failed_because="It did not come to an end. Try again.")
    else:
        return False
    return True


def _heard(job: str) -> list[captions.Segment]:
    """Raises Invalid, saying why, where what was left cannot be used."""
    output = _left_by(job)
    if output.get("jobName") != job:
        raise Invalid("Another transcription took its place. Try again.")
    try:
        return captions.from_transcribe(output)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise Invalid(_UNREADABLE) from None
    except Invalid:
        raise Invalid("Nothing that is spoken was heard.") from None


def _left_by(job: str) -> dict[str, Any]:
    bucket, key = str(settings.LMS_MEDIA_BUCKET), media.transcript_key(_lesson_id(job))
    try:
        facts = s3.head(bucket, key)
        if facts.size > _MOST_OUTPUT:
            raise Invalid("What was heard is longer than a transcript may be.")
        output = json.loads(s3.read_range(bucket, key, facts.version, 0, facts.size))
    except (NotFound, ValueError):
        raise Invalid(_UNREADABLE) from None
    if not isinstance(output, dict):
        raise Invalid(_UNREADABLE)
    return output


def _end(job: str, *, segments: list[captions.Segment] | None = None, failed_because: str = "") -> None:
    """Told twice, the second time finds nothing to do."""
    pending = Delete(PendingJob(store.PENDING, job))
    while True:
        transcript = _awaited(job)
        if transcript is None:
            store.save(pending, audit=())
            return
        if segments is not None and _is_replaced(transcript):
            segments, failed_because = None, "The video was replaced before its transcript was ready."
        if segments is None:
            transcript.state, transcript.job = TranscriptState.FAILED.value, None
            transcript.failed_because = failed_because
        else:
            transcript.segments = captions.to_data(segments)
            transcript.origin = TranscriptOrigin.MACHINE.value
            transcripts.settled(transcript)
        transcript.updated_at = clock.now()
        try:
            store.save(Put(transcript), pending, audit=())
        except Stale:
            continue
        transcripts.tell(transcript, str(transcript.edited_by or ""))
        return


def _awaited(job: str) -> Transcript | None:
    match = _JOB.fullmatch(job)
    found = store.find_transcript(match[1], match[2], fresh=True) if match else None
    return found if found is not None and found.job == job else None


def _lesson_id(job: str) -> str:
    match = _JOB.fullmatch(job)
    return match[1] if match else ""


def _is_replaced(transcript: Transcript) -> bool:
    try:
        lesson = courses_store.lesson_by_id(str(transcript.course_id), str(transcript.lesson_id), fresh=True)
    except NotFound:
        return True
    return bool(lesson.video_s3_key != transcript.media_key)
