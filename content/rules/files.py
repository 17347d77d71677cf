"""Which files the library takes, how large, under which name; and what a file really is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from core.errors import Invalid

KB, MB, GB = 1024, 1024**2, 1024**3

MULTIPART_FROM = 50 * MB
PART_SIZE = 16 * MB
MAX_FILES = 20
MAX_NAME_BYTES = 180


@dataclass(frozen=True)
class FileType:
    """`group` decides how it is previewed; `inline` only where a browser cannot execute anything in it."""

    extensions: tuple[str, ...]
    mime: str
    group: str
    limit: int
    inline: bool = False


FILE_TYPES = (
    FileType((".pdf",), "application/pdf", "pdf", 200 * MB, inline=True),
    FileType((".pptx",), "application/vnd.openxmlformats-officedocument.presentationml.presentation", "deck", 500 * MB),
    FileType(
        (".docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document", 200 * MB
    ),
    FileType((".xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "sheet", 200 * MB),
    FileType((".csv",), "text/csv", "sheet", 50 * MB),
    FileType((".txt",), "text/plain", "document", 10 * MB),
    FileType((".md",), "text/markdown", "document", 10 * MB),
    FileType((".png",), "image/png", "image", 50 * MB, inline=True),
    FileType((".jpg", ".jpeg"), "image/jpeg", "image", 50 * MB, inline=True),
    FileType((".gif",), "image/gif", "image", 50 * MB, inline=True),
    FileType((".webp",), "image/webp", "image", 50 * MB, inline=True),
    FileType((".mp4", ".m4v"), "video/mp4", "video", 2 * GB, inline=True),
    FileType((".webm",), "video/webm", "video", 2 * GB, inline=True),
    FileType((".mov",), "video/quicktime", "video", 2 * GB, inline=True),
    FileType((".mp3",), "audio/mpeg", "audio", 200 * MB, inline=True),
    FileType((".m4a",), "audio/mp4", "audio", 200 * MB, inline=True),
    FileType((".wav",), "audio/wav", "audio", 200 * MB, inline=True),
    FileType((".vtt",), "text/vtt", "captions", 5 * MB, inline=True),
    FileType((".srt",), "application/x-subrip", "captions", 5 * MB),
    FileType((".zip",), "application/zip", "archive", 500 * MB),
)
_BY_EXTENSION = {extension: file_type for file_type in FILE_TYPES for extension in file_type.extensions}


def file_type_of(name: str, *, among: Sequence[FileType] = FILE_TYPES, taker: str = "The library") -> FileType:
    """Raises Invalid for a type that is not on the list."""
    extension = PurePosixPath(name.lower()).suffix
    found = next((file_type for file_type in among if extension in file_type.extensions), None)
    if found is None:
        shown = f"“{extension}” files" if extension else "Files without an ending such as .pdf"
        raise Invalid(f"{shown} cannot be added. {taker} takes {accepted_endings(among)}.")
    return found


def accepted_endings(among: Sequence[FileType] = FILE_TYPES) -> str:
    return ", ".join(extension.removeprefix(".") for file_type in among for extension in file_type.extensions)


def check_size(name: str, size: int, file_type: FileType | None = None) -> None:
    """Raises Invalid when the file is empty or larger than its type may be."""
    limit = (file_type or file_type_of(name)).limit
    if size <= 0:
        raise Invalid(f"“{name}” is empty. Choose the file again once it has been saved.")
    if size > limit:
        raise Invalid(
            f"“{name}” is {human_size(size)}; files of this type may be up to {human_size(limit)}. "
            "Make it smaller, or add a link to where it lives."
        )


def human_size(size: int) -> str:
    for unit, step in (("GB", GB), ("MB", MB), ("KB", KB)):
        if size >= step:
            return f"{size / step:.1f}".rstrip("0").rstrip(".") + f" {unit}"
    return f"{size} bytes"


def clean_filename(name: str) -> str:
    """The name as it will be kept and shown. Folders, control and direction characters go; the ending always stays.

    Raises Invalid when nothing is left.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(ch for ch in last if unicodedata.category(ch) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    kept = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*]', "-", kept)).strip(" .")
    path = PurePosixPath(kept)
    stem, ending = (path.stem, path.suffix) if path.suffix else (kept, "")
    if not stem or (not ending and kept.lower() in {e.removeprefix(".") for e in _BY_EXTENSION}):
        raise Invalid("This file needs a name with letters or digits in it. Rename it, then add it again.")
    return _shortened(stem, MAX_NAME_BYTES - len(ending.encode())) + ending


def _shortened(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore").rstrip()
