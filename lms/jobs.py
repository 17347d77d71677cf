"""What learning does by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.jobs import every, job
from lms.services import assignments, certificate_ends, grading, transcribing, waiting
from lms.services.assignments import joining

_STANDING_AT_ONCE = 1000


@job(
    "learning.finish_attempts",
    about="Finishes attempts at quizzes whose time has run out and whose page nobody opened since.",
    rhythm=every(timedelta(minutes=1)),
)
def finish_attempts(now: datetime) -> object:
    return f"{grading.finish_overdue(now)} finished"


@job(
    "learning.finish_transcripts",
    about="Asks Amazon Transcribe for transcripts whose end it did not tell.",
    rhythm=every(timedelta(minutes=1)),
)
def finish_transcripts(now: datetime) -> object:
    return f"{transcribing.sweep(now)} ended"


@job(
    "learning.remind",
    about="Says which assignments are due soon and which became overdue.",
    rhythm=every(timedelta(minutes=10)),
)
def remind(now: datetime) -> object:
    return f"{sum(assignments.remind(now).values())} said"


@job(
    "learning.tell_of_certificates",
    about="Says which certificates can be renewed now, and which have ended.",
    rhythm=every(timedelta(hours=1)),
)
def tell_of_certificates(now: datetime) -> object:
    return f"{certificate_ends.tell_of_ends(now)} said"


@job(
    "learning.settle",
    about="Completes courses for those whom a publication left with nothing to do.",
    rhythm=every(timedelta(minutes=10)),
)
def settle(now: datetime) -> object:
    return f"{waiting.settle_assigned(now)} completed"


@job(
    "learning.go_on_standing",
    about="Goes on with standing assignments whose people have not all been dealt with.",
    rhythm=every(timedelta(minutes=1)),
)
def go_on_standing(now: datetime) -> object:
    return f"{joining.go_on_with_all(most=_STANDING_AT_ONCE)} gone on with"
