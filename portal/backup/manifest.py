"""What an export consists of, written when all of it is there: so a directory without one is no export."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from core.errors import Invalid
from portal.backup import lines
from portal.backup.lines import Written
from portal.backup.places import Layout

FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """`seconds` is the moment of the export since 1970. `tables` says of each by which attribute its records expire.

    `files` are the files of lines by their place; `objects` and `bytes` what they name of files of people.
    """

    made_at: str
    seconds: int
    tables: Mapping[str, str]
    files: Mapping[str, Written]
    objects: int
    bytes: int
    format: int = FORMAT

    @property
    def records(self) -> int:
        return sum(written.lines for place, written in self.files.items() if place.startswith("tables/"))

    @property
    def people(self) -> int:
        return self.files["people.jsonl"].lines


def save(manifest: Manifest, layout: Layout) -> str:
    """Its digest: kept elsewhere, it shows later whether this still is that export."""
    lines.write(layout.manifest, [json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n"])
    return digest(layout)


def load(layout: Layout) -> Manifest:
    """Raises Invalid where there is none, or none that can be read."""
    told = _told(layout.manifest)
    if told.get("format") != FORMAT:
        raise Invalid("This export was made by another version of the portal. Use that version to read it.")
    try:
        files = {place: Written(**written) for place, written in told.pop("files").items()}
        return Manifest(files=files, **told)
    except (KeyError, TypeError, AttributeError) as error:
        raise Invalid("manifest.json is damaged: this is no export that can be trusted.") from error


def digest(layout: Layout) -> str:
    return sha256(layout.manifest.read_bytes()).hexdigest()


def _told(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise Invalid(f"{path.parent} has no manifest.json: it is no export, or one that was not finished.")
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Invalid("manifest.json is damaged: this is no export that can be trusted.") from error
    if not isinstance(told, dict):
        raise Invalid("manifest.json is damaged: this is no export that can be trusted.")
    return told
