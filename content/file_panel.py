"""The part of the editor where files are added, put in order and removed."""

from __future__ import annotations

import json
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


@dataclass(frozen=True)
class Row:
    file: ShownFile
    remove_url: str
    up_url: str
    down_url: str
    first: bool


class FilePanel:
    """Of a draft that this person has just been allowed to edit."""

    def __init__(self, request: HttpRequest, person: Person, version: ContentVersion) -> None:
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

    @property
    def start_url(self) -> str:
        return self._url("file-start")

    @property
    def parts_url(self) -> str:
        return self._url("file-parts")

    @property
    def finish_url(self) -> str:
        return self._url("file-finish")

    @property
    def abort_url(self) -> str:
        return self._url("file-abort")

    @property
    def accept(self) -> str:
        return ",".join(_limits())

    @property
    def limits(self) -> str:
        return json.dumps(_limits())

    @property
    def words(self) -> str:
        return json.dumps(_words())

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

    def _url(self, name: str, *args: str) -> str:
        return reverse(f"content:{name}", args=[self._version.content_id, *args])


def _limits() -> dict[str, int]:
    return {ending: file_type.limit for file_type in rules.FILE_TYPES for ending in file_type.extensions}


def _labels_by_limit() -> dict[str, list[str]]:
    """Largest first; a kind stands at the largest limit that one of its types has."""
    limits: dict[str, int] = {}
    for file_type in rules.FILE_TYPES:
        limits[file_type.group] = max(limits.get(file_type.group, 0), file_type.limit)
    found: dict[str, list[str]] = {}
    for group, limit in sorted(limits.items(), key=lambda one: -one[1]):
        found.setdefault(rules.human_size(limit), []).append(gettext(format_label(group)))
    return found


def _words() -> dict[str, str]:
    return {
        "waiting": gettext("Waiting"),
        "sending": gettext("{sent} of {size}"),
        "offline": gettext("Connection lost. Goes on by itself once it is back."),
        "again": gettext("Interrupted. Trying again…"),
        "checking": gettext("Checking what has arrived…"),
        "done": gettext("Added"),
        "failed": gettext("This did not work. Try again in a moment."),
        "signedOut": gettext("You have been signed out. Sign in again in another tab, then try again."),
        "empty": gettext("This file is empty. Choose it again once it has been saved."),
        "type": gettext("Files of this kind cannot be added. See above which can."),
        "large": gettext("This file is {size}; files of this kind may be up to {limit}."),
        "folder": gettext("Folders cannot be added. Open it and choose the files in it."),
    }
