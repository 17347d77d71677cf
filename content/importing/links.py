"""Where the links of imported pages lead once their folder is a library."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from content.importing.markdown import Link
from content.importing.sources import IMAGES, PAGES, Source, printable
from content.rules.files import MAX_FILES, clean_filename
from content.services import local_files
from core.errors import Invalid

_OPENINGS = ("index.md", "_index.md", "README.md", "readme.md", "index.markdown")


class Links:
    """All that the links of a folder can lead to. `pictures` fills with the images that pages show."""

    def __init__(self, every: Mapping[str, Source], content_id_of: Callable[[Source], str]) -> None:
        self.every = every
        self.content_id_of = content_id_of
        self.pictures: set[Source] = set()
        self._addresses: dict[str, Source] = {}

    def know_address(self, address: str, source: Source) -> None:
        """The address that a page gave itself on its old site."""
        if address.startswith("/"):
            self._addresses.setdefault(address.strip("/"), source)

    def target(self, page: Source, path: str) -> Source | None:
        path = unquote(path)
        folder = "" if path.startswith("/") else str(page.relative.parent)
        plain = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        if plain.startswith("../"):
            return None
        for candidate in _candidates(plain):
            if found := self.every.get(candidate):
                return found
        return self._addresses.get(plain)


class PageLinks:
    """The links of one page: its pictures, each with the mark that stands for its address, and what there is to note."""

    def __init__(self, links: Links, page: Source) -> None:
        self.pictures: list[tuple[Source, str, str]] = []
        self._links, self._page = links, page
        self._lost: dict[str, None] = {}
        self._refused: dict[str, None] = {}

    @property
    def notes(self) -> list[str]:
        lost = [f"leads to nothing in this folder: {path}" for path in self._lost]
        return [*lost, *(f"picture left out: {reason}" for reason in self._refused)]

    def rewrite(self, link: Link) -> str | None:
        path, rest = _split(link.to)
        if not path:
            return None
        target = self._links.target(self._page, path)
        if target is None:
            self._lost[path] = None
            return None
        if link.is_image or (target.suffix in IMAGES and target in self._links.pictures):
            return self._picture(target)
        if target.suffix in PAGES or self._is_taken(target):
            return f"/content/{self._links.content_id_of(target)}/{rest}"
        return None

    def _picture(self, picture: Source) -> str | None:
        for known, _, mark in self.pictures:
            if known == picture:
                return mark
        try:
            name = self._free_name(local_files.check(picture.path, picture.relative.name), picture)
        except Invalid as error:
            self._refused[error.message] = None
            return None
        if len(self.pictures) == MAX_FILES:
            self._refused[f"a page holds up to {MAX_FILES}, and {printable(picture.relative)} is one more."] = None
            return None
        mark = f"\ue000{len(self.pictures)}\ue001"
        self.pictures.append((picture, name, mark))
        self._links.pictures.add(picture)
        return mark

    def _free_name(self, name: str, picture: Source) -> str:
        """Two pictures called `screen.png` lie in different folders."""
        taken = {other.casefold() for _, other, _ in self.pictures}
        for part in reversed(picture.relative.parent.parts):
            if name.casefold() not in taken:
                break
            name = clean_filename(f"{part}-{name}")
        if name.casefold() in taken:
            path = PurePosixPath(name)
            name = f"{path.stem}-{len(taken)}{path.suffix}"
        return name

    def _is_taken(self, target: Source) -> bool:
        try:
            local_files.check(target.path, target.relative.name)
        except Invalid as error:
            self._refused[error.message] = None
            return False
        return True


def _split(to: str) -> tuple[str, str]:
    """Path, and what comes after it; no path for what leads elsewhere."""
    try:
        parts = urlsplit(to)
    except ValueError:
        return "", ""
    if parts.scheme or parts.netloc:
        return "", ""
    return parts.path, f"#{parts.fragment}" if parts.fragment else ""


def _candidates(plain: str) -> Iterator[str]:
    yield plain
    yield f"{plain}.md"
    for opening in _OPENINGS:
        yield posixpath.normpath(posixpath.join(plain, opening))
    if plain.endswith((".html", ".htm")):
        stem = plain.rpartition(".")[0]
        yield f"{stem}.md"
        yield f"{stem.removesuffix('index')}_index.md"
