"""The derived index: `index()` is the process-wide one, `documents` says what it holds and what can be asked of it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from core.index.documents import Index
from core.index.sqlite import SqliteIndex

_opened: dict[Path, SqliteIndex] = {}


def index() -> Index:
    path = Path(settings.SEARCH_INDEX_PATH)
    return _opened.get(path) or _opened.setdefault(path, SqliteIndex(path))
