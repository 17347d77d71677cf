"""An item of the library as a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.http import Request
from accounts.person import Person
from content.rows import Row
from core.aws.together import Together
from lms.parts.items import shown_items
from lms.rules.outline import Entry
from lms.services.learning import Learning


@dataclass(frozen=True)
class DocumentPart:
    """Without a row the item was retired, or is hidden from her."""

    row: Row | None
    note: str
    open_url: str


def part(request: Request, learning: Learning, entry: Entry, lesson: Mapping[str, Any]) -> DocumentPart:
    rows = rows_for(request.user, lesson, learning.beside)
    return DocumentPart(
        row=rows[0] if rows else None,
        note=str(lesson["content"].get("note", "")),
        open_url=reverse("lms:lesson-open", args=[learning.outline.course_id, entry.lesson_id]),
    )


def rows_for(person: Person, lesson: Mapping[str, Any], beside: Together | None = None) -> list[Row]:
    """The item, as far as she may see it now."""
    content_id = str(lesson["content"].get("content_id") or "")
    return list(shown_items(person, [content_id], beside).values())
