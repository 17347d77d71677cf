"""The lines of facts before a page: YAML between `---`, or TOML between `+++`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from core.errors import Invalid

_MOST_BYTES = 64_000
_YAML = re.compile(r"\A---[ \t]*\n(?P<facts>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(?P<facts>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Facts:
    values: Mapping[str, Any]

    def text(self, *names: str) -> str:
        """The first of these that is there, on one line."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, str | int | float) and str(value).strip():
                return " ".join(str(value).split())
        return ""

    def texts(self, *names: str) -> list[str]:
        """All of these together; each may be a list or words with commas between them."""
        found: list[str] = []
        for name in names:
            value = self.values.get(name) or []
            parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value]
            found += [" ".join(str(part).split()) for part in parts if isinstance(part, str | int | float)]
        return [text for text in dict.fromkeys(found) if text]


def split(text: str) -> tuple[Facts, str]:
    """Facts and the text below them. Raises Invalid when they are there and cannot be read."""
    for pattern, read in ((_YAML, _read_yaml), (_TOML, tomllib.loads)):
        if found := pattern.match(text):
            values = _values(found["facts"], read)
            if values is not None:
                return Facts(values), text[found.end() :]
    return Facts({}), text


def _values(facts: str, read: Any) -> Mapping[str, Any] | None:
    """None when it is ordinary text between two rules."""
    if len(facts.encode()) > _MOST_BYTES:
        raise Invalid("its front matter is too long.")
    try:
        values = read(facts)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise Invalid(f"its front matter cannot be read{_where(error)}.") from error
    if values is None:
        return {}
    return {str(name).lower(): value for name, value in values.items()} if isinstance(values, dict) else None


def _read_yaml(facts: str) -> Any:
    """Every value as text: a title such as `No` or `2024-05-01` is neither a truth value nor a date."""
    return yaml.load(facts, Loader=yaml.BaseLoader)  # noqa: S506  (builds text, lists and mappings only)


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return f" (line {mark.line + 2}: {getattr(error, 'problem', None) or 'not valid YAML'})"
    return f" ({str(error).splitlines()[0]})" if str(error) else ""
