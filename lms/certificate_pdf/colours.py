"""The design tokens' palette, for what is drawn and not styled."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from core import tokens

ORNAMENT = {
    "paper": "grey-0",
    "band": "indigo-900",
    "line": "indigo-600",
    "line-light": "indigo-400",
    "gold": "amber-300",
    "pale": "indigo-100",
}


@functools.cache
def palette() -> Mapping[str, str]:
    """Name (`indigo-600`) -> `#rrggbb`."""
    return dict(tokens.leaves(tokens.read(Path(settings.BASE_DIR, "static", "tokens.json")), "color"))


def of_ornament() -> dict[str, str]:
    return {part: palette()[name] for part, name in ORNAMENT.items()}
