"""What each kind of lesson holds in its `content`, and what is still missing before learners can have it.

| kind | content |
|---|---|
| text | `body`: Markdown; `files`: its pictures, see `rules.files` |
| video | `mime`, `size`, `s3_version`, `name`, `chapters`: `[[seconds, title], …]`; the key is the lesson's `video_s3_key` |
| document | `content_id`: an item of the library; `note`: what to look for |
| link | `url`, `note` |
| quiz | see `rules.quizzes`; `files` as of a text |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from lms.enums import LessonType

MOST_TITLE, MOST_DESCRIPTION, MOST_BODY = 200, 2_000, 200_000
WORDS_A_MINUTE = 200
DWELL_SECONDS = 5
"""How long a text is open before it counts as read, as Open edX has it."""
_WEB = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


def missing(lesson_type: LessonType, content: Mapping[str, Any], *, has_video: bool = False) -> str:
    """What it lacks, in a sentence for its author; empty when it is whole. Quizzes are judged by `rules.quizzes`."""
    if lesson_type is LessonType.TEXT and not str(content.get("body", "")).strip():
        return "It has no text yet."
    if lesson_type is LessonType.VIDEO and not has_video:
        return "It has no video yet."
    if lesson_type is LessonType.DOCUMENT and not content.get("content_id"):
        return "No item of the library has been chosen."
    if lesson_type is LessonType.LINK and not is_web_address(str(content.get("url", ""))):
        return "It has no web address yet."
    return ""


def is_web_address(url: str) -> bool:
    """One that browsers can be sent to."""
    try:
        return bool(_WEB.match(url) and urlsplit(url).hostname) and url.isprintable()
    except ValueError:  # a host that is none
        return False


def reading_seconds(body: str) -> int:
    """For a text without a duration of its own."""
    return max(60, 60 * round(len(body.split()) / WORDS_A_MINUTE)) if body.strip() else 0
