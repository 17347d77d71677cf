"""A text, with library items where its author put them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from accounts.http import Request
from accounts.person import Person
from content.rows import Row
from core.aws.together import Together
from lms.parts.items import shown_items
from lms.rules.embedding import item_ids, pieces_of, without
from lms.rules.lessons import DWELL_SECONDS
from lms.rules.outline import Entry
from lms.services.learning import Learning


@dataclass(frozen=True)
class Block:
    """Markdown, or an item; an item without a row was retired or is hidden from her."""

    text: str
    is_item: bool = False
    row: Row | None = None


@dataclass(frozen=True)
class TextPart:
    blocks: Sequence[Block]
    dwell: int = DWELL_SECONDS


def part(request: Request, learning: Learning, entry: Entry, lesson: Mapping[str, Any]) -> TextPart:
    return TextPart(blocks_of(request.user, str(lesson["content"].get("body", "")), learning.beside))


def blocks_of(person: Person, body: str, beside: Together | None = None) -> list[Block]:
    """Of any Markdown that names items of the library."""
    wanted = item_ids(body)
    shown = shown_items(person, wanted, beside)
    hidden = set(wanted) - shown.keys()
    gone = gettext("(an item that is no longer available)")
    return [
        Block("", True, shown.get(piece.content_id))
        if piece.content_id
        else Block(without(piece.text, hidden, gone) if hidden else piece.text)
        for piece in pieces_of(body)
    ]
