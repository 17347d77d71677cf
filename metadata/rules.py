"""How option names are compared and turned into addresses (behaviours: rename, merge, archive)."""

from __future__ import annotations

import re
import unicodedata

from core.errors import Invalid

MAX_LABEL = 80


def comparison_key(label: str) -> str:
    """Two labels with the same key are the same option: case, width and spacing do not count."""
    return " ".join(unicodedata.normalize("NFKC", label).split()).casefold()


def slug_of(label: str) -> str:
    """ASCII for addresses; labels without any ASCII letters get their code points."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words) or "-".join(f"{ord(ch):x}" for ch in label if not ch.isspace())[:60]


def check_label(label: str) -> str:
    """The tidied label. Raises Invalid."""
    tidy = " ".join(label.split())
    if not tidy:
        raise Invalid(fields={"label": "Give the option a name."})
    if len(tidy) > MAX_LABEL:
        raise Invalid(fields={"label": f"Use at most {MAX_LABEL} characters; this has {len(tidy)}."})
    return tidy
