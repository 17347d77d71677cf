"""How option names are compared and turned into addresses (rename, merge and archive rely on both)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from core.errors import Invalid

MAX_LABEL = 80
MAX_SLUG = 100
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def comparison_key(label: str) -> str:
    """Two labels with the same key are the same option: case, width, spacing and what nobody sees do not count."""
    key = label
    for _ in range(2):  # folding may bring forth what composes anew
        seen = "".join(ch for ch in key if ch.isspace() or unicodedata.category(ch) not in _UNSEEN)
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
        key = " ".join(folded.split())
    return key


def slug_of(label: str) -> str:
    """ASCII for addresses; labels without any ASCII letters get their code points."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return ("-".join(words) or "-".join(f"{ord(ch):x}" for ch in label if not ch.isspace())[:60])[:MAX_SLUG].strip("-")


def free_slug(label: str, taken: Container[str]) -> str:
    """Labels may differ where their slugs do not; an address that once led somewhere leads there for ever."""
    slug, number = slug_of(label), 1
    candidate = slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def check_label(label: str) -> str:
    """The tidied label. Raises Invalid."""
    seen = "".join(ch for ch in label if ch.isspace() or not _is_unwanted(ch))
    tidy = unicodedata.normalize("NFC", " ".join(seen.split()))
    if not comparison_key(tidy):
        raise Invalid(fields={"label": "Give the option a name."})
    if len(tidy) > MAX_LABEL:
        raise Invalid(fields={"label": f"Use at most {MAX_LABEL} characters; this has {len(tidy)}."})
    return tidy


def _is_unwanted(character: str) -> bool:
    return character in _BIDI or unicodedata.category(character) in ("Cc", "Cs")
