"""What of a version can be seen on the page itself, and what only by downloading it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from content.labels import format_icon, format_label
from content.models import ContentItem, ContentVersion, StoredFile
from content.rules.files import FILE_TYPES, human_size

_SEEN_IN_PAGE = {"pdf", "image", "video", "audio"}
_INLINE = {file_type.mime for file_type in FILE_TYPES if file_type.inline}


@dataclass(frozen=True)
class ShownFile:
    """`inline_url` is empty for what a browser is never to open by itself."""

    file_id: str
    name: str
    label: str
    icon: str
    size: str
    url: str
    inline_url: str


@dataclass(frozen=True)
class Track:
    label: str
    language: str
    url: str


@dataclass(frozen=True)
class Preview:
    """`kind` is `pdf`, `image`, `video`, `audio`, or `none` where the page can only tell what the file is.

    A link that the page follows opens the file for `link_seconds`.
    """

    kind: str
    file: ShownFile | None
    files: Sequence[ShownFile]
    tracks: Sequence[Track]
    link_seconds: int = settings.PRESIGNED_DOWNLOAD_EXPIRY_SECONDS


def preview_of(person: Person, item: ContentItem, version: ContentVersion) -> Preview:
    """Whoever calls has checked that the person may read this version; each link is checked again when followed."""
    first = version.files[0] if version.files else None
    kind = first.group if first and first.group in _SEEN_IN_PAGE else "none"
    return Preview(
        kind=kind,
        file=_shown(version, first) if first else None,
        files=shown_files(version),
        tracks=[_track(version, file) for file in version.files if _captions(first, file)] if kind == "video" else [],
    )


def shown_files(version: ContentVersion) -> list[ShownFile]:
    return [_shown(version, file) for file in version.files]


def _shown(version: ContentVersion, file: StoredFile) -> ShownFile:
    url = _address(version, file)
    return ShownFile(
        file_id=file.file_id,
        name=file.name,
        label=gettext(format_label(file.group)),
        icon=format_icon(file.group),
        size=human_size(int(file.size)),
        url=url,
        inline_url=f"{url}&inline=1" if file.mime in _INLINE else "",
    )


def _address(version: ContentVersion, file: StoredFile) -> str:
    url = reverse("content:file", args=[version.content_id, file.file_id])
    return f"{url}?version={int(version.version)}"


def _captions(video: StoredFile | None, file: StoredFile) -> bool:
    """`talk.vtt` and `talk.es.vtt` belong to `talk.mp4`."""
    if video is None or file.mime != "text/vtt":
        return False
    return file.name.casefold().startswith(f"{PurePosixPath(video.name).stem.casefold()}.")


def _track(version: ContentVersion, file: StoredFile) -> Track:
    middle = PurePosixPath(PurePosixPath(file.name).stem).suffix.removeprefix(".")
    language = middle if middle.isalpha() and len(middle) in (2, 3) else ""
    return Track(language.upper() or gettext("Captions"), language or "en", f"{_address(version, file)}&inline=1")
