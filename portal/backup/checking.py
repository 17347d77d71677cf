"""Whether an export still is what its manifest says: every line counted, every byte weighed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from core.errors import Invalid
from portal.backup import lines, manifest, versions
from portal.backup.manifest import Manifest
from portal.backup.places import Layout
from portal.backup.telling import Begin

_OTHERS = {"manifest.json", "restoring"}
_SHOWN = 20


def check(directory: Path, begin: Begin, *, digest: str = "") -> Manifest:
    """Raises Invalid with what is wrong. `digest` is one that was noted when it was made."""
    layout = Layout(directory)
    made = manifest.load(layout)
    if digest and manifest.digest(layout) != digest:
        raise Invalid("This is another export than the one with this digest, or its manifest was changed.")
    problems = list(_problems(layout, made, begin))
    if problems:
        more = f" … and {len(problems) - _SHOWN} more." if len(problems) > _SHOWN else ""
        raise Invalid(" ".join(problems[:_SHOWN]) + more)
    return made


def _problems(layout: Layout, made: Manifest, begin: Begin) -> Iterator[str]:
    wrong = list(_of_lines(layout, made, begin))
    yield from wrong
    if not any("objects.jsonl" in problem for problem in wrong):
        yield from _of_files(layout, made, begin)
    if not wrong:
        yield from _of_names(layout, made, begin)
    known = {Path(place).parts[0] for place in made.files} | _OTHERS | {"files"}
    yield from (
        f"{one.name} does not belong to this export."
        for one in sorted(layout.directory.iterdir())
        if one.name not in known
    )


def _of_lines(layout: Layout, made: Manifest, begin: Begin) -> Iterator[str]:
    with begin("Checking lines", "files", len(made.files)) as tell:
        for place, written in sorted(made.files.items()):
            path = layout.directory / place
            if not path.resolve().is_relative_to(layout.directory.resolve()):
                yield f"{place} lies outside of this export."
            elif not path.is_file():
                yield f"{place} is missing."
            elif (found := lines.weighed(path)) != written:
                yield f"{place} was changed: it has {found.lines} lines, and had {written.lines}."
            tell(1)


def _of_files(layout: Layout, made: Manifest, begin: Begin) -> Iterator[str]:
    """Each content once, however many objects have it; they lie by their digests."""
    wanted: set[str] = set()
    with begin("Checking files", "versions", made.objects) as tell:
        for line in lines.read(layout.objects):
            told = json.loads(line)
            if told["deleted"]:
                continue
            if told["sha256"] not in wanted:
                wanted.add(told["sha256"])
                yield from _of_file(layout.file(told["sha256"]), told)
            tell(1)
    for path in layout.files.glob("*/*"):
        if path.name not in wanted:
            yield f"{layout.of(path)} does not belong to this export."


def _of_file(path: Path, told: dict[str, object]) -> Iterator[str]:
    if not path.is_file():
        yield f"The bytes of {told['key']} are missing."
    elif lines.digest_of(path) != (told["sha256"], told["size"]):
        yield f"The bytes of {told['key']} were changed."


def _of_names(layout: Layout, made: Manifest, begin: Begin) -> Iterator[str]:
    """Versions that a record names and no object has."""
    there = {json.loads(line).get("name") for line in lines.read(layout.objects)}
    places = sorted(place for place in made.files if place.startswith("tables/"))
    with begin("Checking names", "tables", len(places)) as tell:
        for place in places:
            for at, line in enumerate(lines.read(layout.directory / place), 1):
                missing = [name for name in versions.names_in(line) if name not in there]
                if missing:
                    yield f"{place}, line {at}, names a file that is not there."
            tell(1)
