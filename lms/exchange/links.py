"""The links and pictures of one lesson's text: what of the package goes along with it, and under which name."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from content.importing.markdown import Link, with_links
from content.rules.files import clean_filename, file_type_of
from content.services import local_files
from core.errors import Invalid
from lms.exchange.packages import Package
from lms.exchange.parcel import Attached, Note, digest_of
from lms.rules.files import MOST_FILES, address

__all__ = ["Found", "LessonFiles", "Link", "markdown_with", "own_markdown_with", "relative_to"]

_NOWHERE = "\ue000"
_IN_MARKDOWN = re.compile(rf"(?P<picture>!?)\[(?P<words>[^\]\n]*)\]\(\s*<?{_NOWHERE}(?P<to>[^)\s>]*)[^)\n]*\)")
_IN_HTML = re.compile(rf"<img\b[^>]*?{_NOWHERE}[^>]*>", re.IGNORECASE)
_IMAGE_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}

Found = Callable[[str], str | None]
"""From an address as the text has it to a path in the package; None when it leads to nothing there."""


@dataclass(frozen=True)
class _Taken:
    source: str
    file: Attached


class LessonFiles:
    """Collects them while a text is read. `find` knows how this format's addresses lead to files."""

    def __init__(self, package: Package, scratch: Path, where: str, find: Found | None = None) -> None:
        self._package, self._scratch, self._where = package, scratch, where
        self._find = find or relative_to("")
        self._taken: list[_Taken] = []
        self._notes: dict[str, None] = {}

    @property
    def files(self) -> tuple[Attached, ...]:
        return tuple(taken.file for taken in self._taken)

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(Note(self._where, text) for text in self._notes)

    def tell(self, text: str) -> None:
        self._notes[text] = None

    def rewrite(self, link: Link) -> str | None:
        """The new address; None leaves it as it is, and an empty one says that it leads nowhere from here."""
        if link.to.startswith("data:"):
            return self._inline(link.to)
        try:
            parts = urlsplit(link.to)
        except ValueError:
            return ""
        if parts.scheme or parts.netloc:
            if link.is_image:
                self.tell(f"A picture on another site is a link now: {link.to}")
                return ""
            return None
        if not parts.path:
            return None
        source = self._find(unquote(parts.path))
        if source is None or source not in self._package:
            self.tell(f"Leads to nothing in the package: {link.to}")
            return ""
        return self._take(source, self._package.path(source))

    def look_from(self, folder: str) -> None:
        """For a text that is put together of pages of several folders."""
        self._find = relative_to(folder)

    def _take(self, source: str, path: Path) -> str:
        for taken in self._taken:
            if taken.source == source:
                return address(taken.file.name)
        if PurePosixPath(source).suffix.lower() in (".md", ".html", ".htm", ".xml", ".yml"):
            self.tell(f"A link to another page of the package was left out: {source}")
            return ""
        try:
            name = self._free_name(_checked(source, path))
        except Invalid as error:
            self.tell(f"Left out: {error.message}")
            return ""
        if len(self._taken) == MOST_FILES:
            self.tell(f"A lesson holds up to {MOST_FILES} files, and {source} is one more.")
            return ""
        self._taken.append(_Taken(source, Attached(name, path)))
        return address(name)

    def _free_name(self, name: str) -> str:
        taken = {one.file.name.casefold() for one in self._taken}
        path, number = PurePosixPath(name), 1
        while name.casefold() in taken:
            number += 1
            name = f"{path.stem}-{number}{path.suffix}"
        return name

    def _inline(self, to: str) -> str:
        """A picture that was written into the page itself."""
        head, _, data = to.partition(",")
        ending = _IMAGE_ENDINGS.get(head.removeprefix("data:").partition(";")[0])
        if not ending or not head.endswith(";base64"):
            self.tell("A picture written into the page was left out: its kind is not taken.")
            return ""
        name = f"picture-{len(self._taken) + 1}.{ending}"
        path = self._scratch / f"inline-{digest_of(to)}.{ending}"
        try:
            path.write_bytes(base64.b64decode(unquote(data), validate=False))
        except (binascii.Error, ValueError):
            self.tell("A picture written into the page was left out: it cannot be read.")
            return ""
        return self._take(name, path)


def relative_to(folder: str) -> Found:
    """As web pages and Markdown have them: from the folder of the page, or from the top after a `/`."""

    def find(path: str) -> str | None:
        base = "" if path.startswith("/") else folder
        plain = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
        return None if plain.startswith("..") else plain

    return find


def markdown_with(text: str, files: LessonFiles) -> str:
    """A Markdown text with its pictures under their new addresses. Of what leads nowhere the words stay."""
    marked = with_links(text, lambda link: f"{_NOWHERE}{link.to}" if (to := files.rewrite(link)) == "" else to)
    return _IN_MARKDOWN.sub(_without, _IN_HTML.sub("", marked)).replace(_NOWHERE, "")


def own_markdown_with(text: str, files: LessonFiles) -> str:
    """The same for a text in our own form, where everything else stands as its author wants it."""
    return with_links(text, lambda link: files.rewrite(link) or None)


def _without(found: re.Match[str]) -> str:
    to = found["to"]
    if found["picture"] and to.startswith(("http://", "https://")):
        return f"[{found['words'] or to}]({to})"
    return _missing(found["words"]) if found["picture"] else found["words"]


def _missing(words: str) -> str:
    """What stands for a picture that could not be taken along."""
    words = words.replace("*", " ").strip()
    return f"*(Picture: {words})*" if words else ""


def _checked(source: str, path: Path) -> str:
    """The name as addresses can hold it. Raises Invalid for what the portal does not take, or is not what its name says."""
    name = clean_filename(posixpath.basename(source).encode(errors="replace").decode())
    if file_type_of(name).group == "captions":
        raise Invalid(f"“{name}” holds captions, which belong to a video.")
    name = local_files.check(path, name)
    return "".join("-" if ch in " ()[]<>%?#&\"'`\\*_" else ch for ch in name)
