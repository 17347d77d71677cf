"""What people may write into an item."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from content.enums import Kind
from core.errors import Invalid

MAX_TITLE = 160
MAX_SUMMARY = 400
MAX_NOTE = 1000
MAX_URL = 2000
MAX_TAGS = 20
MAX_BODY_BYTES = 300_000  # a DynamoDB item holds 400 KB, and there are other fields
_LENGTHS = {"title": MAX_TITLE, "summary": MAX_SUMMARY, "change_note": MAX_NOTE, "link_url": MAX_URL}
_ONE_LINE = frozenset({"title", "summary", "link_url"})


def checked(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values tidied. Raises Invalid with a sentence per field."""
    tidy = {name: _tidied(name, value) for name, value in values.items()}
    problems: dict[str, str] = {}
    if not any(ch.isprintable() and not ch.isspace() for ch in tidy["title"]):
        problems["title"] = "Give it a title."
    for name, most in _LENGTHS.items():
        if len(tidy[name]) > most:
            problems[name] = f"Use at most {most} characters; this has {len(tidy[name])}."
    if len(tidy["body"].encode()) > MAX_BODY_BYTES:
        problems["body"] = "This text is too long for one article. Split it, or attach it as a file."
    if len(tidy["tags"]) > MAX_TAGS:
        problems["tags"] = f"Choose at most {MAX_TAGS} tags."
    if kind is Kind.LINK and tidy["link_url"] and not is_web_address(tidy["link_url"]):
        problems["link_url"] = "Enter a full web address that starts with https:// or http://."
    if problems:
        raise Invalid(fields=problems)
    return tidy


def is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(ch.isspace() for ch in text)
    except ValueError:
        return False


def _tidied(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return tuple(dict.fromkeys(value)) if name == "tags" else value
    text = "".join(ch for ch in value if ch in "\n\t" or unicodedata.category(ch) not in {"Cc", "Cs"})
    return " ".join(text.split()) if name in _ONE_LINE else text.strip()
