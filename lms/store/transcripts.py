"""Access patterns of transcripts, each one request of a key.

| what is asked | where |
|---|---|
| all of a lesson; of one language | `Transcript` by `lesson_id`, `language` |
| what a video had before it was replaced | the same, under `<language>#<media_id>` |
| which transcriptions are under way | the partition `~pending`, by job |
"""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import AuditEntry
from core.aws.records import Check, Delete, Put, find, query, write
from lms.models import PendingJob, Transcript

PENDING = "~pending"
MOST_OF_LESSON = 200


def of_lesson(lesson_id: str, *, fresh: bool = False) -> list[Transcript]:
    """By language, those of earlier videos too. A query ends with its first megabyte."""
    page = query(Transcript, lesson_id, scope="transcripts", limit=MOST_OF_LESSON, consistent=fresh)
    return list(page.items)


def find_transcript(lesson_id: str, language: str, *, fresh: bool = False) -> Transcript | None:
    return find(Transcript, lesson_id, language, consistent=fresh)


def pending_jobs() -> list[PendingJob]:
    """Longest under way first."""
    page = query(PendingJob, PENDING, scope="pending-jobs", limit=500, consistent=True)
    return sorted(page.items, key=lambda job: job.started_at)


def save(*changes: Put | Delete | Check, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when a transcript was changed meanwhile."""
    write(*changes, audit=audit)


def delete(transcripts: Sequence[Transcript], *, audit: Sequence[AuditEntry]) -> None:
    write(*map(Delete, transcripts), audit=audit)
