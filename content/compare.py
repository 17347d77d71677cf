"""What changed between two versions, as pieces that templates show as inserted and deleted."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from content.models import ContentVersion

SAME, ADDED, REMOVED, SKIPPED = "same", "added", "removed", "skipped"
_CONTEXT = 160
_UNITS = (re.compile(r"\w+\s*|[^\w\s]\s*|\s+"), re.compile(r"[^\n]*\n|[^\n]+"))
_MOST_EFFORT = 2_000_000

_TEXTS = (
    ("title", "Title"),
    ("summary", "Summary"),
    ("link_url", "Web address"),
    ("body", "Article"),
)
_OPTIONS = (("product_suite", "Suite"), ("product", "Product"), ("product_concept", "Moment"))


@dataclass(frozen=True)
class Piece:
    how: str
    text: str


@dataclass(frozen=True)
class Change:
    label: str
    pieces: Sequence[Piece]


def changes(old: ContentVersion, new: ContentVersion, labels: Mapping[str, str]) -> list[Change]:
    """Only the fields that differ."""
    return [
        change for change in _all(old, new, labels) if any(piece.how in (ADDED, REMOVED) for piece in change.pieces)
    ]


def _all(old: ContentVersion, new: ContentVersion, labels: Mapping[str, str]) -> Iterator[Change]:
    for name, label in _TEXTS:
        yield Change(gettext(label), text_pieces(getattr(old, name), getattr(new, name)))
    for name, label in _OPTIONS:
        before, after = (labels.get(getattr(version, name) or "", "") for version in (old, new))
        yield Change(gettext(label), list_pieces([before] if before else [], [after] if after else []))
    before_tags, after_tags = ([labels.get(tag, tag) for tag in version.tags] for version in (old, new))
    yield Change(gettext("Tags"), list_pieces(before_tags, after_tags))
    yield Change(gettext("Files"), list_pieces(_files(old), _files(new)))


def text_pieces(old: str, new: str) -> list[Piece]:
    """Word by word; line by line, or as a whole, where that would take long: few words that repeat cost the most."""
    for unit in _UNITS:
        before, after = unit.findall(old), unit.findall(new)
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        middle = before[head : len(before) - tail], after[head : len(after) - tail]
        if _effort(*middle) <= _MOST_EFFORT:
            break
    pieces = [Piece(SAME, "".join(before[:head])), *_differences(*middle)]
    pieces.append(Piece(SAME, "".join(before[len(before) - tail :])))
    return list(_condensed([piece for piece in pieces if piece.text]))


def _differences(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    if _effort(before, after) > _MOST_EFFORT:
        before, after = ["".join(before)], ["".join(after)]
    for how, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            yield Piece(SAME, "".join(before[i1:i2]))
            continue
        yield Piece(REMOVED, "".join(before[i1:i2]))
        yield Piece(ADDED, "".join(after[j1:j2]))


def _effort(before: Sequence[str], after: Sequence[str]) -> int:
    """Pairs of equal parts that the matcher would look at, more than once."""
    other = Counter(after)
    return sum(times * other[part] for part, times in Counter(before).items())


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """How many of the first parts are the same in both."""
    pairs = zip(before, after, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))


def _condensed(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Of a long stretch that is the same in both, only what stands beside a change."""
    for at, piece in enumerate(pieces):
        before, after = at > 0, at < len(pieces) - 1
        if piece.how != SAME or len(piece.text) <= _CONTEXT * 3 or not (before or after):
            yield piece
            continue
        if before:
            yield Piece(SAME, piece.text[:_CONTEXT].rsplit(" ", 1)[0])
        yield Piece(SKIPPED, " […] ")
        if after:
            yield Piece(SAME, piece.text[-_CONTEXT:].split(" ", 1)[-1])


def list_pieces(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    kept = [Piece(SAME, entry) for entry in new if entry in old]
    removed = [Piece(REMOVED, entry) for entry in old if entry not in new]
    return kept + removed + [Piece(ADDED, entry) for entry in new if entry not in old]


def _files(version: ContentVersion) -> list[str]:
    """A file counts as changed when its bytes are, so its fingerprint is part of what is compared."""
    return [f"{file.name} ({file.etag.strip(chr(34))[:8]})" for file in version.files]
