"""A video as a lesson: where to resume, how much was watched, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.http import Request
from lms.parts.transcript import TranscriptPart, transcript_part
from lms.rules.outline import Entry
from lms.services.learning import Learning


@dataclass(frozen=True)
class VideoPart:
    """`beside` is captions, chapters and transcript."""

    beside: TranscriptPart
    percent: int


def part(request: Request, learning: Learning, entry: Entry, lesson: Mapping[str, Any]) -> VideoPart:
    return VideoPart(
        beside=transcript_part(request, learning, entry, lesson), percent=learning.standing(entry.lesson_id).percent
    )
