"""Which videos and pictures courses take, what their chapters look like, and the languages of captions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from content.rules.files import GB, MB, FileType
from core.errors import Invalid

VIDEOS = (
    FileType((".mp4", ".m4v"), "video/mp4", "video", 2 * GB, inline=True),
    FileType((".webm",), "video/webm", "video", 2 * GB, inline=True),
)
PICTURES = (
    FileType((".png",), "image/png", "image", 10 * MB, inline=True),
    FileType((".jpg", ".jpeg"), "image/jpeg", "image", 10 * MB, inline=True),
    FileType((".webp",), "image/webp", "image", 10 * MB, inline=True),
)
LANGUAGES = {
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",
    "pt": "Português",
    "it": "Italiano",
    "nl": "Nederlands",
    "pl": "Polski",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "ar": "العربية",
    "he": "עברית",
    "hi": "हिन्दी",
    "ja": "日本語",
    "ko": "한국어",
    "zh": "中文",
}
SPOKEN = {
    "en": "en-US",
    "es": "es-US",
    "fr": "fr-FR",
    "de": "de-DE",
    "pt": "pt-BR",
    "it": "it-IT",
    "nl": "nl-NL",
    "pl": "pl-PL",
    "sv": "sv-SE",
    "tr": "tr-TR",
    "uk": "uk-UA",
    "ar": "ar-SA",
    "he": "he-IL",
    "hi": "hi-IN",
    "ja": "ja-JP",
    "ko": "ko-KR",
    "zh": "zh-CN",
}
"""What Amazon Transcribe calls the language that is spoken."""
MOST_CHAPTERS, MOST_CHAPTER_TITLE = 100, 120
_CHAPTER = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:\s+[-–—]?\s*|\s*[-–—]\s*)(\S.*)")


def read_chapters(text: str, duration_seconds: int = 0) -> list[list[Any]]:
    """`00:00 Title` lines, as people know them from video sites. Raises Invalid, naming the line."""
    found: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _CHAPTER.fullmatch(line.strip())
        if match is None:
            raise Invalid(f"Line {number} is no chapter. Write a time, then a title: “01:30 What changes”.")
        hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
        at, title = hours * 3600 + minutes * 60 + seconds, " ".join(match[4].split())
        if len(title) > MOST_CHAPTER_TITLE:
            raise Invalid(f"The title in line {number} is longer than {MOST_CHAPTER_TITLE} characters.")
        if at in found:
            raise Invalid(f"Line {number} has the time of another chapter.")
        if duration_seconds and at >= duration_seconds:
            raise Invalid(f"Line {number} begins after the video has ended.")
        found[at] = title
    if len(found) > MOST_CHAPTERS:
        raise Invalid(f"A video has up to {MOST_CHAPTERS} chapters.")
    return [[at, found[at]] for at in sorted(found)]


def write_chapters(chapters: Iterable[Sequence[Any]]) -> str:
    return "\n".join(f"{_time(int(at))} {title}" for at, title in chapters)


def media_key_of(lesson: Mapping[str, Any]) -> str:
    """Names the video that a lesson shows: each upload has a key of its own, so another video is another key."""
    return str(lesson.get("video_s3_key") or "")


def media_id_of(media_key: str) -> str:
    """Of `media/<media_id>/source/<name>`."""
    parts = media_key.split("/")
    return parts[1] if len(parts) > 2 else ""


def _time(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
