"""What lies in a folder: the files to import, and why the others are not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PAGES = frozenset({".md", ".markdown"})
CAPTIONS = frozenset({".vtt", ".srt"})
SPOKEN = frozenset({".mp4", ".m4v", ".webm", ".mov", ".mp3", ".m4a", ".wav"})
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
# What systems leave behind in folders; nobody means to import it.
_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True)
class Source:
    """`relative` is the path within the folder, which names the source from one import to the next."""

    path: Path
    relative: PurePosixPath

    @property
    def suffix(self) -> str:
        return self.relative.suffix.lower()


@dataclass(frozen=True)
class Refusal:
    name: str
    reason: str


@dataclass(frozen=True)
class Found:
    sources: tuple[Source, ...]
    refusals: tuple[Refusal, ...]
    skipped: int


def find(root: Path) -> Found:
    """In the order of their paths. Hidden files and clutter are skipped; links are never followed."""
    sources: list[Source] = []
    refusals: list[Refusal] = []
    skipped = 0
    for path, relative in _walk(root, PurePosixPath()):
        if path.name.startswith((".", "~$")) or path.name.lower() in _CLUTTER:
            skipped += 1
        elif reason := _refused_because(path):
            refusals.append(Refusal(printable(relative), reason))
        else:
            sources.append(Source(path, relative))
    return Found(tuple(sources), tuple(refusals), skipped)


def printable(relative: PurePosixPath) -> str:
    """The path as a line of a report may hold it, whatever bytes the name is made of."""
    text = str(relative).encode(errors="surrogateescape").decode(errors="replace")
    return "".join(character if character.isprintable() else "�" for character in text)


def captions_of(source: Source, every: dict[str, Source]) -> list[Source]:
    """`clip.vtt`, and `clip.en.vtt` as well, belong to `clip.mp4`."""
    stem = str(source.relative.with_suffix(""))
    return [
        other
        for name, other in every.items()
        if other.suffix in CAPTIONS and (name == stem + other.suffix or _language_of(name, stem))
    ]


def _language_of(name: str, stem: str) -> bool:
    middle = name.removeprefix(stem + ".").partition(".")[0]
    return name.startswith(stem + ".") and 2 <= len(middle) <= 8 and middle.replace("-", "").isalpha()


def _walk(folder: Path, relative: PurePosixPath) -> Iterator[tuple[Path, PurePosixPath]]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        path = Path(entry.path)
        hidden = entry.name.startswith(".") or entry.name.lower() in _CLUTTER
        if entry.is_dir(follow_symlinks=False) and not hidden and os.access(path, os.R_OK | os.X_OK):
            yield from _walk(path, relative / entry.name)
        else:
            yield path, relative / entry.name


def _refused_because(path: Path) -> str:
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return "its name is not valid text. Rename it."
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return "it is a symbolic link, and links are not followed."
    if stat.S_ISDIR(mode):
        return "the folder may not be read."
    if not stat.S_ISREG(mode):
        return "it is not an ordinary file."
    if not os.access(path, os.R_OK):
        return "it may not be read."
    return ""
