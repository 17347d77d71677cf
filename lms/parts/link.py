"""A page elsewhere as a lesson; reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from accounts.http import Request
from lms.rules.outline import Entry
from lms.services.learning import Learning


@dataclass(frozen=True)
class LinkPart:
    """`host` is where the link leads, for her to judge before she follows it."""

    url: str
    host: str
    note: str
    open_url: str


def part(request: Request, learning: Learning, entry: Entry, lesson: Mapping[str, Any]) -> LinkPart:
    url = str(lesson["content"].get("url", ""))
    return LinkPart(
        url=url,
        host=urlsplit(url).hostname or url,
        note=str(lesson["content"].get("note", "")),
        open_url=reverse("lms:lesson-open", args=[learning.outline.course_id, entry.lesson_id]),
    )
