"""A video as a lesson: where to resume, how much was watched, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.http import Request
from lms.enums import ProgressStatus
from lms.parts.transcript import TranscriptPart, transcript_part
from lms.rules import coverage
from lms.rules.outline import Entry
from lms.services import watching
from lms.services.learning import Learning

SPEEDS = ("0.75", "1", "1.25", "1.5", "2")


@dataclass(frozen=True)
class VideoPart:
    """`beside` is captions, chapters and transcript. `token` lets the player report; without it, it does not."""

    beside: TranscriptPart
    percent: int
    begin: int
    token: str
    threshold: int = coverage.THRESHOLD
    speeds: tuple[str, ...] = SPEEDS


def part(request: Request, learning: Learning, entry: Entry, lesson: Mapping[str, Any]) -> VideoPart:
    beside = transcript_part(request, learning, entry, lesson)
    standing = learning.standing(entry.lesson_id)
    row = learning.rows.get(entry.lesson_id)
    same = row is not None and row.media_key == beside.media_key
    completed = standing.status is ProgressStatus.COMPLETED
    stopped = int(row.position) if row and same else 0
    length = watching.length_of(lesson)
    return VideoPart(
        beside=beside,
        percent=standing.percent if same or completed else 0,
        begin=coverage.resume_at(stopped, length, completed=completed) if beside.begin is None else beside.begin,
        token=watching.pass_for(learning, entry.lesson_id, lesson),
    )
