"""How option names are compared and turned into addresses (rename, merge and archive rely on both)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

from core.errors import Invalid
from core.names import comparison_key as comparison_key
from core.names import tidied

MAX_LABEL = 80
MAX_SLUG = 100


@lru_cache(maxsize=10_000)
def search_key(text: str) -> str:
    """The same without accents, for finding: who types “sao paulo” means “São Paulo”."""
    parts = unicodedata.normalize("NFKD", comparison_key(text))
    return "".join(ch for ch in parts if not unicodedata.combining(ch))


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
    tidy = tidied(label)
    if not comparison_key(tidy):
        raise Invalid(fields={"label": "Give the option a name."})
    if len(tidy) > MAX_LABEL:
        raise Invalid(fields={"label": f"Use at most {MAX_LABEL} characters; this has {len(tidy)}."})
    return tidy
