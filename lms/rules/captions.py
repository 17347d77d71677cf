"""Captions and transcripts: read from WebVTT, SubRip and Amazon Transcribe, kept as segments, written as WebVTT and text.

A segment is `[start, end, text]` in milliseconds. Segments may overlap, as two people do who speak at once.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pysubs2
from charset_normalizer import from_bytes

from core.errors import Invalid

MOST_BYTES = 1024 * 1024
MOST_SEGMENTS = 5_000
MOST_KEPT = 300 * 1024
"""Bytes of all segments together; a record of DynamoDB ends at 400 KB."""
MOST_TEXT = 2_000
LATEST = 24 * 60 * 60 * 1000
_FORMATS = {".vtt": "vtt", ".srt": "srt"}
_ARROW = re.compile(r"^[^\n]*-->[^\n]*$", re.MULTILINE)
_NEGATIVE = re.compile(r"(?:^|-->)\s*-\s*\d+:")
_MARKED = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]?\d)(?:[.,](\d{1,3}))?", re.ASCII)
_SENTENCE_ENDS = (".", "?", "!", "…")
_LONGEST_LINE = 120


@dataclass(frozen=True, order=True)
class Segment:
    start: int
    end: int
    text: str


def read(name: str, data: bytes) -> list[Segment]:
    """Of a caption file that somebody sends. Raises Invalid with what is wrong with it."""
    kind = _FORMATS.get(PurePosixPath(name.lower()).suffix)
    if kind is None:
        raise Invalid("Captions come as .vtt (WebVTT) or .srt (SubRip) files. Export them again as one of the two.")
    if len(data) > MOST_BYTES:
        raise Invalid(f"“{name}” is larger than 1 MB, which no captions are. Choose the caption file itself.")
    text = _decoded(name, data)
    if kind == "vtt" and not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise Invalid(f"“{name}” does not begin with the word WEBVTT. Export the captions again as WebVTT.")
    _refuse_negative(name, text)
    try:
        events = pysubs2.SSAFile.from_string(text, format_=kind).events
    except (ValueError, ArithmeticError, pysubs2.exceptions.Pysubs2Error) as error:
        raise Invalid(f"“{name}” cannot be read as captions. Export it again as WebVTT or SubRip.") from error
    found = [Segment(event.start, event.end, _plain(event.plaintext)) for event in events]
    if not found:
        raise Invalid(f"“{name}” holds no captions: no times such as 00:00:01.000 --> 00:00:04.000 are in it.")
    return checked(segment for segment in found if segment.text)


def checked(segments: Iterable[Segment]) -> list[Segment]:
    """In order of time. Raises Invalid, naming the line, for what cannot be shown or kept."""
    found = sorted(segments)
    if not found:
        raise Invalid("There is no text in it. A transcript has at least one line.")
    if len(found) > MOST_SEGMENTS:
        raise Invalid(f"A transcript holds up to {MOST_SEGMENTS} lines; this one has {len(found)}.")
    for segment in found:
        if segment.start < 0 or segment.end <= segment.start or segment.end > LATEST:
            raise Invalid(f"The line “{segment.text[:40]}” at {clock(segment.start)} must end after it begins.")
        if len(segment.text) > MOST_TEXT:
            raise Invalid(f"The line at {clock(segment.start)} is longer than {MOST_TEXT} characters. Divide it.")
    if len(json.dumps(to_data(found))) > MOST_KEPT:
        raise Invalid("All its text together is longer than a transcript may be (300 KB). Divide the video.")
    return found


def from_transcribe(output: Mapping[str, Any]) -> list[Segment]:
    """Of what Amazon Transcribe writes; by its own segments where it gives them, else word by word to sentences."""
    results = output.get("results") or {}
    if spoken := results.get("audio_segments"):
        found = [
            Segment(_milliseconds(one["start_time"]), _milliseconds(one["end_time"]), _plain(one["transcript"]))
            for one in spoken
        ]
    else:
        found = list(_sentences(results.get("items") or ()))
    return checked(Segment(one.start, max(one.end, one.start + 1), one.text[:MOST_TEXT]) for one in found if one.text)


def to_data(segments: Iterable[Segment]) -> list[list[Any]]:
    return [[segment.start, segment.end, segment.text] for segment in segments]


def from_data(data: Sequence[Sequence[Any]] | None) -> list[Segment]:
    return [Segment(int(start), int(end), str(text)) for start, end, text in data or ()]


def to_vtt(segments: Iterable[Segment]) -> str:
    """What players show; nothing in a text can become a tag, a time or another cue."""
    cues = (f"{_stamp(one.start)} --> {_stamp(one.end)}\n{_escaped(one.text)}\n" for one in segments)
    return "\n".join(["WEBVTT\n", *cues])


def to_text(segments: Iterable[Segment]) -> str:
    return "\n".join(" ".join(segment.text.split()) for segment in segments) + "\n"


def clock(milliseconds: int) -> str:
    """For people: `1:05`, `1:02:03`."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def write_time(milliseconds: int) -> str:
    """As the editor shows it: `1:05.250`; to the millisecond, so that nothing is lost on the way."""
    return f"{clock(milliseconds)}.{milliseconds % 1000:03}"


def read_time(text: str) -> int | None:
    """None for what is no time. Hours and parts of a second may be left out, a comma is as good as a point."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((match[4] or "").ljust(3, "0"))


def _decoded(name: str, data: bytes) -> str:
    """UTF-8 nearly always; else what its bytes look most like, for older programs write the encoding of their country."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        if best is None:
            raise Invalid(f"The characters of “{name}” cannot be read. Save it as UTF-8, then add it again.") from None
        text = str(best).removeprefix("\ufeff")
    if "\0" in text:
        raise Invalid(f"“{name}” is no text file. Choose the captions themselves.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_negative(name: str, text: str) -> None:
    for line in _ARROW.findall(text):
        if _NEGATIVE.search(line):
            raise Invalid(
                f"“{name}” has a time before the beginning: “{line.strip()[:60]}”. Mend it, then add it again."
            )


def _plain(text: str) -> str:
    """Without tags and styling; their meaning is kept as the characters that people read."""
    lines = html.unescape(_MARKED.sub("", text)).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _escaped(text: str) -> str:
    """An empty line would end the cue, and an arrow begin another."""
    lines = (line for line in text.splitlines() if line.strip())
    return html.escape("\n".join(lines), quote=False)


def _stamp(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _milliseconds(seconds: Any) -> int:
    return round(float(seconds) * 1000)


def _sentences(items: Iterable[Mapping[str, Any]]) -> Iterator[Segment]:
    """Words have times, punctuation has none."""
    start = end = 0
    text = ""
    for item in items:
        said = str(item["alternatives"][0]["content"])
        if item.get("type") == "punctuation":
            text += said
        else:
            if not text:
                start = _milliseconds(item["start_time"])
            text, end = f"{text} {said}".strip(), _milliseconds(item["end_time"])
        if said.endswith(_SENTENCE_ENDS) or len(text) > _LONGEST_LINE:
            yield Segment(start, end, text)
            text = ""
    if text:
        yield Segment(start, end, text)
