"""A file somewhere else, read by ranges; and the words for what its first bytes give away."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

CUT_OFF = "its end is missing. It was probably not saved or copied completely; open it, save it again and add that."
_MOST_READ = 24 * 1024 * 1024
_WINDOW = 64 * 1024

_SIGNATURES = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"#!", "a script"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "an Office file or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Office file"),
    (b"\x1a\x45\xdf\xa3", "a WebM or Matroska video"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"ID3", "an MP3 recording"),
    (b"{\\rtf", "a rich text document"),
)
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<iframe", b"<?xml", b"<?php")


class TooMuch(Exception):
    """A file that would make us read more than a look at it may cost."""


class Source:
    def __init__(self, size: int, read: Callable[[int, int], bytes]) -> None:
        self.size = size
        self._read = read
        self._read_so_far = 0
        self._head: bytes | None = None

    def range(self, start: int, length: int) -> bytes:
        length = min(length, self.size - start)
        if length <= 0:
            return b""
        self._read_so_far += length
        if self._read_so_far > _MOST_READ:
            raise TooMuch
        return self._read(start, length)

    @property
    def head(self) -> bytes:
        if self._head is None:
            self._head = self.range(0, _WINDOW)
        return self._head

    @property
    def tail(self) -> bytes:
        return self.head if self.size <= _WINDOW else self.range(self.size - _WINDOW, _WINDOW)

    def windows(self, step: int = 4 * 1024 * 1024) -> Iterator[bytes]:
        for start in range(0, self.size, step):
            yield self.range(start, step)


class SeekableSource(io.RawIOBase):
    """What `zipfile` needs to read the list of an archive's members without the rest of it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._source.size}[whence]
        if start + offset < 0:
            raise OSError("before the beginning")
        self._at = start + offset
        return self._at

    def read(self, size: int = -1) -> bytes:
        data = self._source.range(self._at, self._source.size if size < 0 else size)
        self._at += len(data)
        return data


def looks_like_markup(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP)


def not_a(expected: str, head: bytes) -> str:
    """The sentence for a file whose bytes say something else than its name."""
    if not head.strip(b"\0"):
        return f"it should be {expected}, but it holds nothing. Choose the file again once it has been saved."
    found = "a web page or drawing with code" if looks_like_markup(head) else _kind(head)
    return f"it should be {expected}, but it is {found}. Choose the right file, or give it the ending it should have."


def _kind(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        return "a video or a recording"
    return next((kind for start, kind in _SIGNATURES if head.startswith(start)), "something else")
