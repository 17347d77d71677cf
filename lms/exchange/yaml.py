"""YAML of strangers: plain values, no aliases (a few lines of them can stand for gigabytes), dates as text."""

from __future__ import annotations

from typing import Any

import yaml

from core.errors import Invalid


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not taken")
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text: str, name: str) -> Any:
    """Raises Invalid."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  (derived from the safe loader)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        raise Invalid(f"“{name}” cannot be read{_where(error)}.") from error


def load_map(text: str, name: str) -> dict[str, Any]:
    """Raises Invalid."""
    values = load(text, name)
    if not isinstance(values, dict):
        raise Invalid(f"“{name}” must be a list of names with values.")
    return {str(key): value for key, value in values.items()}


def listed(values: Any, name: str) -> list[Any]:
    """Of what others wrote: nothing for what should be a list and is none."""
    found = values.get(name) if isinstance(values, dict) else None
    return found if isinstance(found, list) else []


class _Dumper(yaml.SafeDumper):
    """Texts of several lines stand as they are read."""

    def represent_str(self, data: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", data, style="|" if "\n" in data else None)


_Dumper.add_representer(str, _Dumper.represent_str)


def dump(values: Any) -> str:
    return str(yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110))


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return f" (line {mark.line + 1}: {reason})" if mark else f" ({reason})" if reason else ""
