"""Is a file what its name says, and all of it there? Told from a few ranges of its bytes, wherever they are kept."""

from __future__ import annotations

from collections.abc import Callable

from content.rules.files import FileType
from content.sniffing import documents, media, texts
from content.sniffing.source import Source
from core.errors import Invalid

Check = Callable[[Source], str]

_CHECKS: dict[str, Check] = {
    "application/pdf": documents.pdf,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": documents.office("ppt/"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": documents.office("word/"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": documents.office("xl/"),
    "application/zip": documents.archive,
    "text/csv": texts.plain,
    "text/plain": texts.plain,
    "text/markdown": texts.unicode_only,
    "text/vtt": texts.webvtt,
    "application/x-subrip": texts.subrip,
    "image/png": media.png,
    "image/jpeg": media.jpeg,
    "image/gif": media.gif,
    "image/webp": media.webp,
    "video/mp4": media.mp4,
    "video/quicktime": media.quicktime,
    "video/webm": media.webm,
    "audio/mpeg": media.mp3,
    "audio/mp4": media.mp4,
    "audio/wav": media.wav,
}


def check(name: str, file_type: FileType, size: int, read: Callable[[int, int], bytes]) -> None:
    """`read(start, length)` gives bytes of the file. Raises Invalid with a sentence that names the file."""
    problem = _CHECKS[file_type.mime](Source(size, read))
    if problem:
        raise Invalid(f"“{name}” was not added: {problem}")
