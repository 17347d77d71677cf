"""Library items inside the text of a lesson: a line that is nothing but a link to one becomes a card.

Whoever may not see an item any more sees neither the card nor the words of the link, which are often its title.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_ITEM = r"/content/([0-9A-Za-z][0-9A-Za-z_-]{5,})/"
_ADDRESS = rf"(?:https?://[^\s()<>/]+)?{_ITEM}[^\s()<>]*"
_TITLE = r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?"
_LINK = re.compile(rf"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?{_ADDRESS}>?{_TITLE}\s*\)")
_ALONE = re.compile(rf"^ {{0,3}}(?:{_LINK.pattern}|<?{_ADDRESS}>?)\s*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ANYWHERE = re.compile(_ITEM)


@dataclass(frozen=True)
class Piece:
    """A stretch of Markdown, or the item that stands in its place."""

    text: str = ""
    content_id: str = ""


def item_ids(body: str) -> list[str]:
    """Of every library item that the text names, in order."""
    return list(dict.fromkeys(_ANYWHERE.findall(body)))


def pieces_of(body: str) -> list[Piece]:
    """Text and embedded items in turn. What stands in a code block is text."""
    pieces: list[Piece] = []
    lines: list[str] = []
    fence = ""
    for line in body.splitlines():
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1][0] * 3
        elif fence and line.strip().startswith(fence):
            fence = ""
        alone = None if fence else _ALONE.match(line)
        if alone is None:
            lines.append(line)
            continue
        pieces.append(Piece(text="\n".join(lines)))
        pieces.append(Piece(content_id=alone[2] or alone[3]))
        lines = []
    pieces.append(Piece(text="\n".join(lines)))
    return [piece for piece in pieces if piece.content_id or piece.text.strip()]


def without(text: str, hidden: Collection[str], instead: str) -> str:
    """The Markdown with every link to one of those items replaced by some words, and their bare addresses, too."""
    shown = _LINK.sub(lambda found: instead if found[2] in hidden else found[0], text)
    bare = re.compile(rf"<?{_ADDRESS}>?")
    return bare.sub(lambda found: instead if found[1] in hidden else found[0], shown)
