"""What a version must have before a reviewer is asked to look at it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from content.enums import Kind


def missing(
    *,
    kind: Kind,
    title: str,
    summary: str,
    product_suite: str | None,
    body: str,
    link_url: str,
    file_count: int,
) -> dict[str, str]:
    """Field -> what to do about it; empty when the version can be submitted."""
    problems = {}
    if not title.strip():
        problems["title"] = "Give it a title."
    if not summary.strip():
        problems["summary"] = "Say in a sentence what it is for; people decide by it."
    if not product_suite:
        problems["product_suite"] = "Choose the product suite it belongs to."
    if kind is Kind.ARTICLE and not body.strip():
        problems["body"] = "Write the article."
    if kind is Kind.LINK and not link_url.strip():
        problems["link_url"] = "Add the address it leads to."
    if kind is Kind.FILE and not file_count:
        problems["files"] = "Add at least one file."
    return problems


def content_hash(fields: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> str:
    """Fingerprint of all that a reviewer sees: an approval names it, so nothing else can be approved by it."""
    text = json.dumps({"fields": dict(fields), "files": list(files)}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
