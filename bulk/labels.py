"""Tags and the other options of a thing: what is added, taken away, and put in another's place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bulk.cells import NONE
from bulk.kinds import Change, Wanted
from metadata.store import resolve

TAGS = frozenset({"add_tags", "remove_tags"})
Values = Mapping[str, Any]
"""Field -> option id or None; `tags` -> a list of ids."""


def standing(values: Values, single: Sequence[str]) -> dict[str, Any]:
    """With what stands for each option now."""
    found: dict[str, Any] = {name: resolve(values[name]) if values[name] else None for name in single}
    return found | {"tags": _distinct(map(resolve, values["tags"]))}


def relabelled(values: Values, wanted: Wanted, single: Sequence[str]) -> dict[str, Any]:
    """The same with what is wanted; `values` are standing ones."""
    chosen = {name: resolve(wanted[name]) for name in single if wanted.get(name)}
    new = dict(values) | {name: None if option == NONE else option for name, option in chosen.items()}
    gone = {resolve(tag) for tag in wanted.get("remove_tags", ())}
    kept = [tag for tag in values["tags"] if tag not in gone]
    return new | {"tags": _distinct([*kept, *map(resolve, wanted.get("add_tags", ()))])}


def changes_between(before: Values, after: Values) -> list[Change]:
    return [Change(name, before[name], value) for name, value in after.items() if value != before[name]]


def _distinct(tags: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(tags))
