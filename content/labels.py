"""The words and icons by which people know kinds of things."""

from __future__ import annotations

FORMATS: dict[str, tuple[str, str]] = {
    "deck": ("Deck", "presentation"),
    "pdf": ("PDF", "file-text"),
    "document": ("Document", "file-text"),
    "sheet": ("Spreadsheet", "file-spreadsheet"),
    "image": ("Image", "image"),
    "video": ("Video", "clapperboard"),
    "audio": ("Audio", "headphones"),
    "captions": ("Captions", "captions"),
    "archive": ("Archive", "file-archive"),
    "article": ("Article", "book-open"),
    "link": ("Link", "link"),
    "file": ("File", "file"),
}


def format_label(name: str) -> str:
    return FORMATS.get(name, FORMATS["file"])[0]


def format_icon(name: str) -> str:
    return FORMATS.get(name, FORMATS["file"])[1]
