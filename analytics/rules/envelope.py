"""What of an event is kept, and for how long (behaviours 3.9): nothing personal, and nothing that somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from analytics.rules.told import Told, Value

SCHEMA = 1
TENANT = "default"
"""The portal serves one organisation; the envelope says so, for when there are more."""
KEPT = timedelta(days=180)
WORDS_KEPT = timedelta(days=90)
LONGEST_WORDS = 100
WORDED = "search.worded"
"""The words of a search, by its id: told to nobody, and kept for half as long."""

ALLOWED = frozenset(
    {
        "by_clock", "characters", "copy_to", "course_id", "cycle", "due_at", "earned", "ended_by", "every_word", "file_id",
        "filters", "group", "into", "kind", "late", "lesson_id", "minor", "number", "origin", "own", "percent", "place",
        "preview", "reason", "results", "role", "search", "stage", "target", "team_id", "total", "user_id", "version",
        "while_typing", "words",
    }
)  # fmt: skip
"""Whatever else an event brings along is left out: a new fact gets its place here once it was looked at."""
_CODE = re.compile(r"[\w:.+/-]{1,100}", re.ASCII)
_EMAIL = re.compile(r"\S+@\S+")
_LONG_NUMBER = re.compile(r"\+?\d[\d\s()/.-]{5,}\d")


def tidy(props: Mapping[str, Any]) -> dict[str, Value]:
    """Numbers, flags, and strings that are codes or ids: what people write has spaces, or an @."""
    return {name: value for name, value in sorted(props.items()) if name in ALLOWED and _is_plain(value)}


def _is_plain(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_CODE.fullmatch(value))
    return value is None or isinstance(value, bool | int)


def tidy_words(typed: str) -> str:
    """As searches are compared; without what looks like an address or a number of somebody's."""
    text = _LONG_NUMBER.sub("…", _EMAIL.sub("…", typed))
    return " ".join(text.casefold().split())[:LONGEST_WORDS].strip()


def key_of(at: str, event_id: str) -> str:
    return f"{at}#{event_id}"


def metadata_of(event: Told) -> dict[str, Any]:
    """The envelope but for what has an attribute of its own. Empty things are left out."""
    version = event.props.get("version")
    told = {
        "schema": SCHEMA,
        "tenant": TENANT,
        "role": event.role,
        "object_type": event.object_type,
        "object_id": event.object_id,
        "object_version": version if isinstance(version, int) else None,
        "session": event.session,
        "request_id": event.request_id,
        "source": event.source,
        "props": tidy(event.props),
    }
    return {name: value for name, value in told.items() if value not in (None, "", {})}


def content_id_of(event: Told) -> str | None:
    return event.object_id if event.object_type == "content" else event.text("content_id") or None


def told_from(*, event_id: str, name: str, at: datetime, user_id: str | None, metadata: Mapping[str, Any]) -> Told:
    """The same, read back."""
    plain = {field: str(metadata.get(field, "")) for field in ("object_id", "role", "source", "session", "request_id")}
    return Told(
        event_id=event_id, name=name, at=at, user_id=user_id or "", props=dict(metadata.get("props", {})), **plain
    )
