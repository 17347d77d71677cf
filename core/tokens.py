"""Design tokens (W3C format) as CSS custom properties, and how well their colours contrast."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

THEMES = ("light", "dark")
_REFERENCE = re.compile(r"^\{(.+)\}$")
_HEAD = "/* Written by `manage.py build_tokens` from static/tokens.json. Change that file instead. */\n"


def read(path: Path) -> dict[str, Any]:
    tokens: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return tokens


def css(tokens: dict[str, Any]) -> str:
    shared = [(f"{group}-{name}", value) for group in _shared_groups(tokens) for name, value in leaves(tokens, group)]
    light, dark = (list(leaves(tokens, theme)) for theme in THEMES)
    return "\n".join(
        [
            _HEAD + _rule(":root", shared),
            _rule(':root, [data-theme="light"]', light, scheme="light"),
            _rule('[data-theme="dark"]', dark, scheme="dark"),
            "@media (prefers-color-scheme: dark) {\n" + _rule(':root:not([data-theme="light"])', dark, "dark") + "}\n",
        ]
    )


def leaves(tokens: dict[str, Any], group: str) -> Iterator[tuple[str, str]]:
    """Every token of a group with its CSS value, references resolved."""
    yield from _walk(tokens, tokens[group], "")


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio of two #rrggbb colours."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _shared_groups(tokens: dict[str, Any]) -> list[str]:
    # Palettes stay out of the stylesheet, so that nothing can use a colour that has no meaning.
    return [name for name in tokens if not name.startswith("$") and name not in {*THEMES, "color"}]


def _walk(tokens: dict[str, Any], node: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, child in node.items():
        if name.startswith("$"):
            continue
        if "$value" in child:
            yield prefix + name, _value(tokens, child["$value"])
        else:
            yield from _walk(tokens, child, f"{prefix}{name}-")


def _value(tokens: dict[str, Any], value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(value[part] for part in ("offsetX", "offsetY", "blur", "spread", "color"))
    if isinstance(value, list):
        if all(isinstance(part, (int, float)) for part in value):
            return f"cubic-bezier({', '.join(f'{part:g}' for part in value)})"
        return ", ".join(f'"{part}"' if " " in part else part for part in value)
    reference = _REFERENCE.match(str(value))
    if not reference:
        return str(value)
    node: Any = tokens
    for part in reference[1].split("."):
        node = node[part]
    return _value(tokens, node["$value"])


def _rule(selector: str, values: list[tuple[str, str]], scheme: str = "") -> str:
    lines = [f"  --{name}: {value};" for name, value in values]
    return "\n".join([f"{selector} {{", *([f"  color-scheme: {scheme};"] if scheme else []), *lines, "}\n"])


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
