"""How the options that something names follow a merge, and come back when it is undone.

A thing is an item or a version: it has the fields of `SINGLE`, and `tags`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

SINGLE = ("product_suite", "product", "product_concept")


Kept = Mapping[str, bool]
"""Field that was changed -> whether it named the target as well."""


def options_of(thing: Any) -> list[str]:
    single = (getattr(thing, name) for name in SINGLE)
    return [option for option in (*single, *thing.tags) if option]


def follow(thing: Any, source: str, target: str, single: Iterable[str] = SINGLE) -> dict[str, bool]:
    """Puts the target in the source's place; says in which fields, for `come_back`."""
    kept = {}
    for name in single:
        if getattr(thing, name) == source:
            setattr(thing, name, target)
            kept[name] = False
    if source in thing.tags:
        kept["tags"] = target in thing.tags
        thing.tags = distinct(target if tag == source else tag for tag in thing.tags)
    return kept


def come_back(thing: Any, source: str, target: str, kept: Kept) -> bool:
    """Only where the target still stands; False when nothing had to be changed."""
    changed = False
    for name, both in kept.items():
        if name == "tags" and target in thing.tags:
            others = [tag for tag in thing.tags if tag != source]
            place = others.index(target)
            thing.tags = [*others[:place], source, *others[place + (0 if both else 1) :]]
            changed = True
        elif name != "tags" and getattr(thing, name) == target:
            setattr(thing, name, source)
            changed = True
    return changed


def distinct(tags: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(tags))
