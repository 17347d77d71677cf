from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings

from core import clock, work
from core.aws import clients, transcribe
from core.aws.transcribe import EVENT_SOURCE, EVENT_TYPE, JobState
from core.errors import Unavailable
from core.testing import CARL
from lms.enums import TranscriptState
from lms.services import transcribing
from lms.store import transcripts as store
from lms.tests.media_factories import add_video, caption, film, lesson_with_video, said, where

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def jobs() -> Any:
    """Amazon Transcribe, as far as the portal asks it: what was started, and how each job is."""
    states: dict[str, JobState | None] = {}

    def start(job: str, **_asked: str) -> None:
        states[job] = JobState(ended=False)

    with patch.object(transcribe, "start", start), patch.object(transcribe, "state_of", states.get):
        yield states


def leave(lesson: Any, job: str, *sentences: str) -> None:
    """What Transcribe writes when it has heard that."""
    spoken = [{"start_time": str(at), "end_time": str(at + 1), "transcript": text} for at, text in enumerate(sentences)]
    output = {"jobName": job, "status": "COMPLETED", "results": {"audio_segments": spoken}}
    clients.client("s3").put_object(
        Bucket=settings.LMS_MEDIA_BUCKET, Key=f"lessons/{lesson.lesson_id}/transcript.json", Body=json.dumps(output)
    )


def tell(job: str) -> None:
    work.tell({"source": EVENT_SOURCE, "detail-type": EVENT_TYPE, "detail": {"TranscriptionJobName": job}})


def test_a_transcript_is_made_when_its_event_comes_and_told_twice_it_is_the_same(jobs: dict[str, JobState]) -> None:
    lesson = lesson_with_video()
    transcribing.start(**where(lesson), language="en", by=CARL)
    transcribing.start(**where(lesson), language="en", by=CARL)
    (job,) = jobs
    tell(job)  # too early: nothing happens
    assert [one.job for one in store.pending_jobs()] == [job]
    leave(lesson, job, "Hello.", "Renew early.")
    jobs[job] = JobState(ended=True)
    for _ in range(2):
        tell(job)
    made = store.find_transcript(str(lesson.lesson_id), "en")
    assert made is not None
    assert (made.state, made.origin, made.job) == ("done", "machine", None)
    assert said(lesson) == ["Hello.", "Renew early."]
    assert store.pending_jobs() == []


def test_what_was_there_is_shown_until_the_new_one_is_ready_or_failed(jobs: dict[str, JobState]) -> None:
    lesson = lesson_with_video()
    caption(lesson)
    transcribing.start(**where(lesson), language="en", by=CARL)
    (job,) = jobs
    assert said(lesson) == ["Good morning", "Renew early"]
    jobs[job] = JobState(ended=True, failed_because="The media format is not supported.")
    tell(job)
    made = store.find_transcript(str(lesson.lesson_id), "en")
    assert made is not None
    assert (made.state, made.failed_because) == (TranscriptState.FAILED, "The media format is not supported.")
    assert said(lesson) == ["Good morning", "Renew early"]
    transcribing.start(**where(lesson), language="en", by=CARL)
    assert len(jobs) == 2


@pytest.mark.parametrize("output", [b"", b"{", b"[]", b'{"jobName": "another"}', b'{"results": {"items": [{}]}}', None])
def test_an_output_that_cannot_be_used_is_a_failure_with_a_reason(jobs: dict[str, JobState], output: Any) -> None:
    lesson = lesson_with_video()
    transcribing.start(**where(lesson), language="en", by=CARL)
    (job,) = jobs
    if output is not None:
        key = f"lessons/{lesson.lesson_id}/transcript.json"
        clients.client("s3").put_object(Bucket=settings.LMS_MEDIA_BUCKET, Key=key, Body=output)
    jobs[job] = JobState(ended=True)
    tell(job)
    made = store.find_transcript(str(lesson.lesson_id), "en")
    assert made is not None
    assert made.state == TranscriptState.FAILED
    assert "ry again" in str(made.failed_because)


def test_the_job_of_a_replaced_video_is_ignored(jobs: dict[str, JobState]) -> None:
    lesson = lesson_with_video()
    transcribing.start(**where(lesson), language="en", by=CARL)
    (old,) = jobs
    newer = add_video(lesson, "newer.webm", film("webm", 3))
    transcribing.start(**where(lesson), language="en", by=CARL)
    (new,) = set(jobs) - {old}
    leave(lesson, old, "Of the old one.")
    jobs[old] = JobState(ended=True)
    tell(old)
    made = store.find_transcript(str(lesson.lesson_id), "en")
    assert made is not None
    assert (made.state, made.job) == (TranscriptState.PENDING, new)
    leave(lesson, new, "Of the new one.")
    jobs[new] = JobState(ended=True)
    tell(new)
    assert said(newer) == ["Of the new one."]


@pytest.mark.parametrize("job", ["", "another-service-1", "lesson-1-en", "lesson-x-en-" + "0" * 26, "lesson-#-en-1"])
def test_events_of_other_jobs_are_none_of_ours(jobs: dict[str, JobState], job: str) -> None:
    jobs[job] = JobState(ended=True)
    tell(job)
    work.tell({"source": EVENT_SOURCE, "detail-type": EVENT_TYPE})
    work.tell({"source": "aws.s3", "detail-type": "Object Created", "detail": {}})


def test_the_sweep_finishes_what_no_event_told_of(jobs: dict[str, JobState]) -> None:
    lost, gone, slow = lesson_with_video(), lesson_with_video(), lesson_with_video()
    named = {}
    for lesson in (lost, gone, slow):
        transcribing.start(**where(lesson), language="en", by=CARL)
        named[lesson.lesson_id] = next(job for job in jobs if lesson.lesson_id in job)
    leave(lost, named[lost.lesson_id], "Found again.")
    jobs[named[lost.lesson_id]] = JobState(ended=True)
    del jobs[named[gone.lesson_id]]
    assert transcribing.sweep(clock.now()) == 0  # just begun: their events are still on the way
    assert transcribing.sweep(clock.now() + timedelta(minutes=10)) == 2
    assert said(lost) == ["Found again."]
    states = [str(store.find_transcript(str(one.lesson_id), "en").state) for one in (gone, slow)]  # type: ignore[union-attr]
    assert states == ["failed", "pending"]
    assert transcribing.sweep(clock.now() + timedelta(hours=25)) == 1


def test_a_job_that_cannot_be_started_says_so() -> None:
    lesson = lesson_with_video()
    with patch.object(transcribe, "start", side_effect=Unavailable()):
        transcribing.start(**where(lesson), language="en", by=CARL)
    made = store.find_transcript(str(lesson.lesson_id), "en")
    assert made is not None
    assert made.state == TranscriptState.FAILED
    assert store.pending_jobs() == []
