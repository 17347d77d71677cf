"""Saved states of the local cloud: whole directories, each complete or absent, the last few kept.

A state is written beside the others and renamed into place once every byte is on the disk, so a crash at any moment
leaves the one before. A manifest of checksums shows later damage.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

KEPT = 3
_MANIFEST = "manifest.json"


class AllDamagedError(Exception):
    """There are saved states, and none of them can be trusted."""


class Generations:
    def __init__(self, root: Path) -> None:
        self.root = root

    def all(self) -> list[Path]:
        """Oldest first."""
        if not self.root.exists():
            return []
        return sorted(entry for entry in self.root.iterdir() if entry.name.isdigit())

    def newest_intact(self) -> tuple[Path | None, list[Path]]:
        """The state to start from, and the damaged ones that were passed over. Raises AllDamagedError."""
        damaged: list[Path] = []
        for generation in reversed(self.all()):
            if is_intact(generation):
                return generation, damaged
            damaged.append(generation)
        if damaged:
            raise AllDamagedError
        return None, []

    def set_aside(self, damaged: list[Path]) -> None:
        for generation in damaged:
            target = self.root / f"damaged-{generation.name}"
            shutil.rmtree(target, ignore_errors=True)
            generation.rename(target)

    def save(self, write: Callable[[Path], None]) -> Path:
        """Whatever `write` does not write is carried over from the state before."""
        existing = self.all()
        number = int(existing[-1].name) + 1 if existing else 1
        draft = self.root / f"draft-{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        try:
            write(draft)
            if existing:
                _carry_over(existing[-1], draft)
            _seal(draft)
            target = self.root / f"{number:08d}"
            draft.rename(target)
            _to_disk(self.root)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        for old in existing[: 1 - KEPT]:
            shutil.rmtree(old, ignore_errors=True)
        return target

    def drop_drafts(self) -> None:
        """What a crash in mid-save left."""
        for draft in self.root.glob("draft-*"):
            shutil.rmtree(draft, ignore_errors=True)


def is_intact(generation: Path) -> bool:
    try:
        manifest = json.loads((generation / _MANIFEST).read_text())
        return bool(manifest) and all(_digest(generation / name) == digest for name, digest in manifest.items())
    except (OSError, ValueError, AttributeError):
        return False


def check_out(generation: Path | None, into: Path) -> None:
    """Lays the files of a saved state where they are read from; others that live there stay."""
    into.mkdir(parents=True, exist_ok=True)
    for stale in into.glob("*.json"):
        stale.unlink()
    for source in generation.glob("*.json") if generation else ():
        if source.name != _MANIFEST:
            os.link(source, into / source.name)


def _carry_over(previous: Path, draft: Path) -> None:
    for source in previous.iterdir():
        target = draft / source.name
        if source.name != _MANIFEST and not target.exists():
            os.link(source, target)


def _seal(draft: Path) -> None:
    manifest = {}
    for path in sorted(draft.iterdir()):
        _to_disk(path)
        manifest[path.name] = _digest(path)
    sealed = draft / _MANIFEST
    sealed.write_text(json.dumps(manifest))
    _to_disk(sealed)
    _to_disk(draft)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
