"""What stands beside a video: its captions as tracks, its chapters, and its transcript line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from lms.rules import captions
from lms.rules.media import LANGUAGES, media_key_of
from lms.rules.outline import Entry
from lms.services import transcripts
from lms.services.learning import Learning


@dataclass(frozen=True)
class Track:
    language: str
    label: str
    url: str
    text_url: str


@dataclass(frozen=True)
class Chapter:
    at: int
    clock: str
    title: str


@dataclass(frozen=True)
class Line:
    """`at` in seconds; `start` and `end` in milliseconds, as the script compares them."""

    at: int
    start: int
    end: int
    clock: str
    text: str


@dataclass(frozen=True)
class TranscriptPart:
    """`src` checks at each request and leads to a link that lives `link_seconds`; `begin` is `?t=`, None without it."""

    src: str
    mime: str
    link_seconds: int
    tracks: Sequence[Track]
    chapters: Sequence[Chapter]
    lines: Sequence[Line]
    language: str
    media_key: str
    begin: int | None


def transcript_part(request: Any, learning: Learning, entry: Entry, lesson: Mapping[str, Any]) -> TranscriptPart:
    """One read. `lesson` is what `store.published_lesson` gives."""
    course_id, lesson_id = learning.outline.course_id, entry.lesson_id
    found = transcripts.ready(lesson_id, media_key_of(lesson))
    wanted = request.GET.get("language", "")
    shown = next((one for one in found if one.language == wanted), found[0] if found else None)
    return TranscriptPart(
        src=reverse("lms:play", args=[course_id, lesson_id]),
        mime=str(lesson["content"].get("mime", "video/mp4")),
        link_seconds=settings.PRESIGNED_DOWNLOAD_EXPIRY_SECONDS,
        tracks=[_track(course_id, lesson_id, one.language, one.label) for one in found],
        chapters=chapters_of(lesson),
        lines=lines_of(captions.from_data(shown.segments)) if shown else (),
        language=str(shown.language) if shown else "",
        media_key=media_key_of(lesson),
        begin=second_asked_for(request),
    )


def chapters_of(lesson: Mapping[str, Any]) -> list[Chapter]:
    listed = lesson["content"].get("chapters") or ()
    return [Chapter(int(at), captions.clock(int(at) * 1000), str(title)) for at, title in listed]


def lines_of(segments: Sequence[captions.Segment]) -> list[Line]:
    return [
        Line(one.start // 1000, one.start, one.end, captions.clock(one.start), " ".join(one.text.split()))
        for one in segments
    ]


def second_asked_for(request: Any) -> int | None:
    """Of `?t=`, as a line's link has it."""
    asked = request.GET.get("t", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None


def _track(course_id: str, lesson_id: str, language: str, label: str | None) -> Track:
    return Track(
        language=language,
        label=label or LANGUAGES.get(language, language),
        url=reverse("lms:captions", args=[course_id, lesson_id, language]),
        text_url=reverse("lms:transcript-text", args=[course_id, lesson_id, language]),
    )
