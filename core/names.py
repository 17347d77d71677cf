"""Names that people give to things: tidied before they are kept, and compared by what a reader would call the same."""

from __future__ import annotations

import unicodedata

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def comparison_key(name: str) -> str:
    """Two names with the same key are the same: case, width, spacing and what nobody sees do not count."""
    key = name
    for _ in range(2):  # folding may bring forth what composes anew
        seen = "".join(ch for ch in key if ch.isspace() or unicodedata.category(ch) not in _UNSEEN)
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
        key = " ".join(folded.split())
    return key


def tidied(name: str) -> str:
    """Without control characters and marks that turn the direction of text; one space where there were several."""
    seen = "".join(ch for ch in name if ch.isspace() or not _is_unwanted(ch))
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def _is_unwanted(character: str) -> bool:
    return character in _BIDI or unicodedata.category(character) in ("Cc", "Cs")
