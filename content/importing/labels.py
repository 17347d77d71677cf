"""Names for people, made of names of files and folders."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from metadata.rules.names import MAX_LABEL, comparison_key

_ORDER_NUMBER = re.compile(r"^\d{1,3}[-_. ]+(?=\D)")
_OPENS_A_FOLDER = frozenset({"index", "_index", "readme"})


def spoken(name: str) -> str:
    """`_02-demand-gen` → `Demand gen`."""
    plain = _ORDER_NUMBER.sub("", name.strip(" _.-"))
    words = " ".join(re.sub(r"[-_+]+|%20", " ", plain).split()) or name.strip()
    return words[:1].upper() + words[1:]


def title_of(relative: PurePosixPath) -> str:
    """`pricing/index.md` is called after its folder."""
    if relative.stem.lower() in _OPENS_A_FOLDER and relative.parent.name:
        return spoken(relative.parent.name)
    return spoken(relative.stem)


def folder_labels(relative: PurePosixPath) -> list[str]:
    """Outermost first."""
    return [spoken(part)[:MAX_LABEL] for part in relative.parent.parts]


def distinct(labels: list[str], most: int) -> list[str]:
    """Each once, however it is written."""
    found: dict[str, str] = {}
    for label in labels:
        if label.strip():
            found.setdefault(comparison_key(label), label[:MAX_LABEL])
    return list(found.values())[:most]
