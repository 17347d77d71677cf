"""What somebody hands in: a folder, an archive or a single file, opened without trusting anything in it.

An archive is unpacked by counting what really comes out of it, to names of our own making: its names never reach the disk.
"""

from __future__ import annotations

import posixpath
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from content.importing import sources
from content.rules.files import GB, MB, human_size
from core.errors import Invalid
from lms.exchange.parcel import Note

MOST_ENTRIES = 20_000
MOST_BYTES = 4 * GB
MOST_BYTES_OF_ONE = 2 * GB
MOST_TEXT_BYTES = 8 * MB
# Ordinary text packs 20:1 at best, a bomb a thousand to one.
_MOST_RATIO, _RATIO_FROM = 150, 20 * MB
_CHUNK = 1 * MB
_DAMAGED = "It is damaged or was cut off on its way. Export or copy it again."
_CLUTTER = ("__MACOSX/", ".git/")


@dataclass
class Package:
    """Paths within it, with `/` between folders, and where each lies on disk."""

    name: str
    files: Mapping[str, Path]
    notes: list[Note] = field(default_factory=list)

    def __contains__(self, name: str) -> bool:
        return name in self.files

    def named(self, *names: str) -> list[str]:
        """Where files of one of these names lie, outermost first."""
        found = [path for path in self.files if posixpath.basename(path) in names]
        return sorted(found, key=lambda path: (path.count("/"), path))

    def below(self, folder: str) -> list[str]:
        """In the order of their paths; everything for an empty folder."""
        start = f"{folder.rstrip('/')}/" if folder else ""
        return sorted(path for path in self.files if path.startswith(start))

    def path(self, name: str) -> Path:
        """Raises Invalid."""
        try:
            return self.files[name]
        except KeyError:
            raise Invalid(f"“{name}” is missing from it.") from None

    def data(self, name: str) -> bytes:
        """Raises Invalid for what is missing, or larger than any text should be."""
        path = self.path(name)
        if path.stat().st_size > MOST_TEXT_BYTES:
            raise Invalid(f"“{name}” is larger than {human_size(MOST_TEXT_BYTES)}, too much for a text.")
        return path.read_bytes()

    def text(self, name: str) -> str:
        """Raises Invalid when it is not text of an encoding that can be told."""
        return decoded(self.data(name), name)


def decoded(data: bytes, name: str) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(f"“{name}” is not UTF-8 text. Save it as UTF-8.") from None
    if "\0" in text:
        raise Invalid(f"“{name}” is not text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def open_package(path: Path, scratch: Path) -> Package:
    """`scratch` is an empty folder for what is unpacked. Raises Invalid with a sentence."""
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise Invalid("There is no such file or folder.")
    if path.stat().st_size == 0:
        raise Invalid("It is empty.")
    if zipfile.is_zipfile(path):
        return _unpacked(path, _Zip, scratch)
    if _is_tar(path):
        return _unpacked(path, _Tar, scratch)
    if path.read_bytes()[:4] in (b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"\x1f\x8b\x08\x08"):
        raise Invalid(_DAMAGED)
    return Package(path.name, {path.name: path})


def _folder(path: Path) -> Package:
    found = sources.find(path)
    notes = [Note(refusal.name, f"Left out: {refusal.reason}") for refusal in found.refusals]
    return Package(path.resolve().name, {str(one.relative): one.path for one in found.sources}, notes)


def _is_tar(path: Path) -> bool:
    try:
        return tarfile.is_tarfile(path)
    except (OSError, EOFError, zlib.error):
        return False


@dataclass(frozen=True)
class _Entry:
    name: str
    packed: int
    what: str
    """Empty for an ordinary file, else why it is left out."""
    handle: object


class _Zip:
    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        self.packed = path.stat().st_size

    def __iter__(self) -> Iterator[_Entry]:
        for info in self._archive.infolist():
            if info.is_dir():
                continue
            is_link = (info.external_attr >> 16) & 0o170000 == 0o120000
            what = "it is a symbolic link." if is_link else "it is encrypted." if info.flag_bits & 1 else ""
            yield _Entry(_name_in_zip(info), info.compress_size, what, info)

    def open(self, entry: _Entry) -> IO[bytes]:
        assert isinstance(entry.handle, zipfile.ZipInfo)
        return self._archive.open(entry.handle)

    def close(self) -> None:
        self._archive.close()


def _name_in_zip(info: zipfile.ZipInfo) -> str:
    """Old tools write UTF-8 without saying so, and Python then reads it as code page 437."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode()
    except UnicodeError:
        return info.orig_filename


class _Tar:
    def __init__(self, path: Path) -> None:
        self._archive = tarfile.open(path, encoding="utf-8")  # noqa: SIM115  (read by the caller, for one import)
        self.packed = path.stat().st_size

    def __iter__(self) -> Iterator[_Entry]:
        for member in self._archive:
            if member.isdir():
                continue
            what = "" if member.isreg() else "it is a link or a device, not an ordinary file."
            yield _Entry(member.name, self.packed, what, member)
        self._read_to_end()

    def _read_to_end(self) -> None:
        """The check sum of what was packed stands behind the archive's own end."""
        rest = 0
        while self._archive.fileobj and (chunk := self._archive.fileobj.read(_CHUNK)):
            rest += len(chunk)
            if rest > _RATIO_FROM:
                raise Invalid("There is more behind its end than belongs there.")

    def open(self, entry: _Entry) -> IO[bytes]:
        assert isinstance(entry.handle, tarfile.TarInfo)
        opened = self._archive.extractfile(entry.handle)
        assert opened is not None
        return opened

    def close(self) -> None:
        self._archive.close()


def _unpacked(path: Path, kind: type[_Zip | _Tar], scratch: Path) -> Package:
    try:
        with closing(kind(path)) as archive:
            return _Unpacking(path.name, archive, scratch).run()
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, RuntimeError) as error:
        if isinstance(error, OSError) and error.errno == 28:
            raise Invalid("There is no room on this machine to unpack it.") from error
        raise Invalid(_DAMAGED) from error


class _Unpacking:
    def __init__(self, name: str, archive: _Zip | _Tar, scratch: Path) -> None:
        self.archive, self.scratch = archive, scratch
        self.package_name = name
        self.files: dict[str, Path] = {}
        self.notes: list[Note] = []
        self.total = 0

    def run(self) -> Package:
        for count, entry in enumerate(self.archive, start=1):
            if count > MOST_ENTRIES:
                raise Invalid(f"It holds more than {MOST_ENTRIES} files.")
            name = _checked_name(entry.name)
            if entry.what:
                self.notes.append(Note(_shown(name), f"Left out: {entry.what}"))
            elif name in self.files:
                self.notes.append(Note(_shown(name), "It is in the archive twice; the first one counts."))
            elif not any(part in f"{name}/" for part in _CLUTTER):
                self.files[name] = self._copy(entry, self.scratch / f"{count:06d}{_ending(name)}")
        return Package(self.package_name, self.files, self.notes)

    def _copy(self, entry: _Entry, to: Path) -> Path:
        size = 0
        with self.archive.open(entry) as source, to.open("wb") as copy:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                self._check(entry, size, self.total + size)
                copy.write(chunk)
        self.total += size
        return to

    def _check(self, entry: _Entry, size: int, total: int) -> None:
        if size > MOST_BYTES_OF_ONE:
            raise Invalid(f"“{_shown(entry.name)}” in it is larger than {human_size(MOST_BYTES_OF_ONE)}.")
        if total > MOST_BYTES:
            raise Invalid(f"Unpacked, it is larger than {human_size(MOST_BYTES)}.")
        if size > _RATIO_FROM and size > _MOST_RATIO * max(entry.packed, 1):
            raise Invalid(
                "It grows out of all proportion when it is unpacked, as archives do that are made to do harm."
            )
        if total > _RATIO_FROM and total > _MOST_RATIO * self.archive.packed:
            raise Invalid(
                "It grows out of all proportion when it is unpacked, as archives do that are made to do harm."
            )


def _checked_name(name: str) -> str:
    """Raises Invalid for one that leads out of the archive."""
    path = name.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    outside = path.startswith("/") or ".." in parts or (parts and parts[0].endswith(":")) or "\0" in path
    if outside or not parts:
        raise Invalid(f"It holds “{_shown(name)}”, a path that leads out of it. Nothing of it was taken.")
    return "/".join(parts)


def _shown(name: str) -> str:
    return sources.printable(PurePosixPath(name.replace("\0", "�")))


def _ending(name: str) -> str:
    """Kept, since checks of files ask for it, as far as it is an ordinary one."""
    ending = PurePosixPath(name).suffix.lower()
    return ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= 8 else ""
