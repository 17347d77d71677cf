"""The part of the editor where files are added, put in order and removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from content.labels import format_label
from content.models import ContentVersion
from content.preview import ShownFile, shown_files
from content.rules import files as rules
from content.services import sending, uploads
from content.upload_panel import UploadPanel


@dataclass(frozen=True)
class Row:
    file: ShownFile
    remove_url: str
    up_url: str
    down_url: str
    first: bool


class FilePanel(UploadPanel):
    """Of a draft that this person has just been allowed to edit."""

    def __init__(self, request: HttpRequest, person: Person, version: ContentVersion) -> None:
        super().__init__(rules.FILE_TYPES)
        self._request = request
        self._person = person
        self._version = version

    @cached_property
    def rows(self) -> Sequence[Row]:
        shown = shown_files(self._version)
        last = len(shown) - 1
        return [
            Row(
                file=file,
                remove_url=self._url("file-remove", file.file_id),
                up_url=self._url("file-up", file.file_id) if at else "",
                down_url=self._url("file-down", file.file_id) if at < last else "",
                first=at == 0,
            )
            for at, file in enumerate(shown)
        ]

    @cached_property
    def rules(self) -> str:
        """One sentence, shown before anything is chosen."""
        sizes = [f"{', '.join(labels)} {gettext('up to')} {size}" for size, labels in _labels_by_limit().items()]
        return f"{'; '.join(sizes)}. " + gettext("At most %d files.") % rules.MAX_FILES

    @cached_property
    def plain_form(self) -> sending.PlainForm:
        return uploads.plain_form(
            version=self._version,
            return_to=self._request.build_absolute_uri(self._url("file-returned")),
            by=self._person,
        )

    def _step(self, name: str) -> str:
        return self._url(f"file-{name}")

    def _url(self, name: str, *args: str) -> str:
        return reverse(f"content:{name}", args=[self._version.content_id, *args])


def _labels_by_limit() -> dict[str, list[str]]:
    """Largest first; a kind stands at the largest limit that one of its types has."""
    limits: dict[str, int] = {}
    for file_type in rules.FILE_TYPES:
        limits[file_type.group] = max(limits.get(file_type.group, 0), file_type.limit)
    found: dict[str, list[str]] = {}
    for group, limit in sorted(limits.items(), key=lambda one: -one[1]):
        found.setdefault(rules.human_size(limit), []).append(gettext(format_label(group)))
    return found
