"""Whether two exports say the same of an environment, and if not, what differs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Any

from portal.backup import lines, manifest
from portal.backup.manifest import Manifest
from portal.backup.places import Layout, Table
from portal.backup.tables import Moment

_KEPT = 50


@dataclass
class Differences:
    """Of one file. `examples` name some of the things that differ, and how."""

    place: str
    only_first: int = 0
    only_second: int = 0
    changed: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.only_first or self.only_second or self.changed)

    def tell(self, what: str) -> None:
        if len(self.examples) < _KEPT:
            self.examples.append(what)


def compare(first: Path, second: Path) -> tuple[int, list[Differences]]:
    """How many files say the same, and the differences of the others. Raises Invalid where one is no export."""
    one, other = Layout(first), Layout(second)
    made, later = manifest.load(one), manifest.load(other)
    same = 0
    found: list[Differences] = []
    for place in sorted(made.files.keys() | later.files.keys()):
        if made.files.get(place) == later.files.get(place):
            same += 1
            continue
        differences = _of_file(place, one, other, _expired(place, made, later))
        if differences.any:
            found.append(differences)
        else:
            same += 1
    return same, found


def _of_file(place: str, one: Layout, other: Layout, expired: _Expired) -> Differences:
    found = Differences(place)
    both = merge(
        ((_key(line), 0, line) for line in _read(one, place) if not expired(line)),
        ((_key(line), 1, line) for line in _read(other, place)),
        key=lambda told: (told[0], told[1]),
    )
    for key, told in groupby(both, key=lambda told: told[0]):
        said = {which: line for _, which, line in told}
        if len(said) == 2 and said[0] != said[1]:
            found.changed += 1
            found.tell(f"{key}: {', '.join(_changed(json.loads(said[0]), json.loads(said[1])))}")
        elif 1 not in said:
            found.only_first += 1
            found.tell(f"{key}: only in the first")
        elif 0 not in said and not place.startswith("badge-keys"):  # each environment has one of its own as well
            found.only_second += 1
            found.tell(f"{key}: only in the second")
    return found


def _read(layout: Layout, place: str) -> Iterator[str]:
    path = layout.directory / place
    return lines.read(path) if path.exists() else iter(())


def _key(line: str) -> str:
    """What the lines of a file are in order of."""
    told = json.loads(line)
    if "at" in told:
        return json.dumps(told["at"], ensure_ascii=False)
    if "user_id" in told:
        return str(told["user_id"])
    return f"{told['bucket']}/{told['key']}#{told['number']:06d}" if "number" in told else str(told.get("n"))


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    before, after = before.get("item", before), after.get("item", after)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


@dataclass(frozen=True)
class _Expired:
    """Says of a line of the first export whether its time to live had passed when the second was made."""

    expiry: str
    moment: Moment

    def __call__(self, line: str) -> bool:
        return bool(self.expiry) and self.moment.is_over(Table("", "", (), self.expiry), lines.item_of(line))


def _expired(place: str, made: Manifest, later: Manifest) -> _Expired:
    name = place.removeprefix("tables/").removesuffix(".jsonl")
    return _Expired(made.tables.get(name, "") if place.startswith("tables/") else "", Moment(later.seconds))
