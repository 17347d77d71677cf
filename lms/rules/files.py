"""The pictures and files of a lesson, as its text calls them: `![A funnel](files/funnel.png)`.

They are kept in the lesson's `content` as `files`: name → `key`, `mime`, `size`, `version`. The snapshot that learners
read pins the version, so that a picture changed in the draft stays as it was for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

FOLDER = "files"
MOST_FILES = 100


def address(name: str) -> str:
    return f"{FOLDER}/{quote(name)}"


def key_of(lesson_id: str, name: str) -> str:
    return f"lessons/{lesson_id}/{FOLDER}/{name}"


def file_named(content: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    files = content.get("files") or {}
    found = files.get(name) if isinstance(files, Mapping) else None
    return found if isinstance(found, Mapping) and found.get("key") else None
