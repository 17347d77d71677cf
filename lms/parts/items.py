"""Library items that a lesson shows: read together with her progress, where the page knew of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.person import Person
from content.access import items_for_reading, readable
from content.models import ContentItem
from content.rows import Row, rows_of
from core import clock
from core.aws.together import Together
from lms.enums import LessonType
from lms.rules.embedding import item_ids


def items_in(lesson: Mapping[str, Any]) -> Sequence[str]:
    """The ids of the items that a lesson names, by what `store.published_lesson` gives."""
    content = lesson["content"]
    if lesson["lesson_type"] == LessonType.DOCUMENT:
        return [str(content["content_id"])] if content.get("content_id") else []
    return item_ids(str(content.get("body") or content.get("note") or ""))


def shown_items(person: Person, content_ids: Sequence[str], beside: Together | None = None) -> dict[str, Row]:
    """By id, those that she may see now."""
    if beside is not None and ContentItem in beside.asked:
        items = readable(person, beside.many(ContentItem, content_ids))
    else:
        items = items_for_reading(person, content_ids)
    return {row.content_id: row for row in rows_of(items, clock.now(), names={})}
