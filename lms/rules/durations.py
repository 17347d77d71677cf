"""How long a lesson takes, computed from what it holds. Authors may say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lms.enums import LessonType
from lms.rules.lessons import reading_seconds

A_QUESTION, AN_ITEM, A_LINK = 60, 180, 120
"""Seconds for a question of a quiz, and for what is not a text that can be measured."""


def seconds_for(lesson_type: LessonType, content: Mapping[str, Any], *, item_text: str = "") -> int:
    """`item_text` is that of the library's item which a document lesson shows. 0 for what is still empty."""
    if lesson_type is LessonType.TEXT:
        return reading_seconds(str(content.get("body", "")))
    if lesson_type is LessonType.VIDEO:
        return int(content.get("duration_seconds") or 0)
    if lesson_type is LessonType.QUIZ:
        return _quiz_seconds(content)
    if lesson_type is LessonType.DOCUMENT and content.get("content_id"):
        return reading_seconds(item_text) or AN_ITEM
    if lesson_type is LessonType.LINK and content.get("url"):
        return A_LINK
    return 0


def _quiz_seconds(content: Mapping[str, Any]) -> int:
    """A minute for each question that is drawn, and never more than the time limit."""
    asked = len(content.get("questions") or ())
    drawn = min(asked, int(content.get("draw") or asked))
    limit = 60 * int(content.get("time_limit_minutes") or 0)
    return min(A_QUESTION * drawn, limit) if limit else A_QUESTION * drawn
