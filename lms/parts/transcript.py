"""What stands beside a video: its captions as tracks, its chapters, and its transcript line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from lms.rules import captions
from lms.rules.captions import Segment
from lms.rules.media import media_key_of
from lms.rules.outline import Entry
from lms.services import transcripts
from lms.services.learning import Learning
from lms.services.transcripts import Shown


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
    """`start` and `end` in milliseconds, as the script compares them. `url` leads to its second without a script, too."""

    start: int
    end: int
    clock: str
    text: str
    url: str
    asked_for: bool = False


@dataclass(frozen=True)
class TranscriptPart:
    """`src` checks at each request and leads to a link that lives `link_seconds`.

    `begin` is the second that the address asks for, None without one: `?t=`, or where `?find=` is spoken of first."""

    src: str
    mime: str
    link_seconds: int
    tracks: Sequence[Track]
    chapters: Sequence[Chapter]
    lines: Sequence[Line]
    language: str
    media_key: str
    begin: int | None


def transcript_part(
    request: HttpRequest, learning: Learning, entry: Entry, lesson: Mapping[str, Any]
) -> TranscriptPart:
    """One read. `lesson` is what `store.published_lesson` gives."""
    course_id, lesson_id = learning.outline.course_id, entry.lesson_id
    found = transcripts.ready(lesson_id, media_key_of(lesson))
    wanted = request.GET.get("language", "")
    shown = next((one for one in found if one.language == wanted), found[0] if found else None)
    segments = shown.segments if shown else []
    begin = second_asked_for(request, segments)
    return TranscriptPart(
        src=reverse("lms:play", args=[course_id, lesson_id]),
        mime=str(lesson["content"].get("mime", "video/mp4")),
        link_seconds=settings.PRESIGNED_DOWNLOAD_EXPIRY_SECONDS,
        tracks=[_track(course_id, lesson_id, one) for one in found],
        chapters=chapters_of(lesson),
        lines=lines_of(segments, begin=begin, language=wanted if shown and wanted == shown.language else ""),
        language=shown.language if shown else "",
        media_key=media_key_of(lesson),
        begin=begin,
    )


def chapters_of(lesson: Mapping[str, Any]) -> list[Chapter]:
    listed = lesson["content"].get("chapters") or ()
    return [Chapter(int(at), captions.clock(int(at) * 1000), str(title)) for at, title in listed]


def lines_of(segments: Sequence[Segment], *, begin: int | None = None, language: str = "") -> list[Line]:
    spoken = next((one for one in segments if begin is not None and one.end > begin * 1000), None)
    return [
        Line(
            start=one.start,
            end=one.end,
            clock=captions.clock(one.start),
            text=" ".join(one.text.split()),
            url=f"?t={one.start // 1000}" + (f"&language={language}" if language else ""),
            asked_for=one is spoken,
        )
        for one in segments
    ]


def second_asked_for(request: HttpRequest, segments: Sequence[Segment] = ()) -> int | None:
    """Of `?t=`, as a line's link has it; or of the first line with the most words of `?find=`, as a hit of search has it."""
    asked = request.GET.get("t", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 6:
        return int(asked)
    words = set(request.GET.get("find", "").casefold().split())
    best, most = None, 0
    for segment in segments if words else ():
        text = segment.text.casefold()
        count = sum(word in text for word in words)
        if count > most:
            best, most = segment, count
    return best.start // 1000 if best else None


def _track(course_id: str, lesson_id: str, shown: Shown) -> Track:
    args = [course_id, lesson_id, shown.language]
    return Track(
        language=shown.language,
        label=shown.label,
        url=reverse("lms:captions", args=args),
        text_url=reverse("lms:transcript-text", args=args),
    )
