"""The files of the draft in work, and the links by which files are fetched."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings

from accounts.person import Person
from content import permissions, store
from content.models import ContentItem, ContentVersion, StoredFile
from content.rules import files as rules
from content.services import drafts, reading
from core import clock
from core.aws import s3
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event, publish, telling

_TRIES = 6

# Gives what the audit log keeps of the change, or None when there is nothing to do.
Change = Callable[[list[StoredFile]], dict[str, Any] | None]


def attach(*, content_id: str, version: int, file: StoredFile, by: Person) -> ContentVersion:
    """A file of the same name is replaced, in its place. Raises Invalid when there are too many."""

    def change(files: list[StoredFile]) -> dict[str, Any] | None:
        if any(is_same(one, file.key, file.s3_version) for one in files):
            return None
        at = _position_of_name(files, file.name)
        replaced = files[at].file_id if at is not None else None
        if at is None:
            _check_count(files)
            files.append(file)
        else:
            files[at] = file
        return {"file": {"before": replaced, "after": file.file_id}}

    return _changed(content_id, by, "content.file_attached", change, version=version)


def detach(*, content_id: str, file_id: str, by: Person) -> ContentVersion:
    """The object stays in S3: an earlier version may show it."""

    def change(files: list[StoredFile]) -> dict[str, Any]:
        del files[_position(files, file_id)]
        return {"file": {"before": file_id, "after": None}}

    return _changed(content_id, by, "content.file_removed", change)


def move(*, content_id: str, file_id: str, step: int, by: Person) -> ContentVersion:
    """Up is -1, down is 1. The first file is the one that the item opens with."""

    def change(files: list[StoredFile]) -> dict[str, Any] | None:
        at = _position(files, file_id)
        to = min(max(at + step, 0), len(files) - 1)
        if to == at:
            return None
        files.insert(to, files.pop(at))
        return {"file_order": {"before": at + 1, "after": to + 1}}

    return _changed(content_id, by, "content.files_ordered", change)


def download_link(
    *, content_id: str, file_id: str, by: Person, version: int | None = None, inline: bool = False
) -> str:
    """Made for this person at this moment. Raises NotFound for what she may not see, too.

    Without a version it is the live one's file, or one that only the version in work has, such as a new picture in a text.
    """
    item = drafts.readable(content_id, by)
    numbers = [version] if version else [item.live_version, item.work_version]
    number, file = _first_with(item, file_id, [number for number in numbers if number], by)
    url = link_to(file, inline=inline)
    if not inline:
        props = {**reading.props_of(by, item, number), "file_id": file_id}
        publish(Event("content.downloaded", content_id, by.user_id, props))
    return url


def _first_with(item: ContentItem, file_id: str, numbers: Sequence[int], by: Person) -> tuple[int, StoredFile]:
    for number in numbers:
        found = store.version_of(item.content_id, number, fresh=number == item.work_version)
        file = next((file for file in found.files if file.file_id == file_id), None)
        if file and permissions.can_read_version(by, item, found, clock.now()):
            return number, file
    raise NotFound()


def link_to(file: StoredFile, *, inline: bool) -> str:
    """To be called only where the right to the file has just been checked."""
    kind = rules.file_type_of(file.name)
    mime = "text/plain" if kind.mime.startswith("text/") and not kind.inline else kind.mime
    return s3.get_url(
        settings.ENABLEMENT_CONTENT_BUCKET,
        file.key,
        version=file.s3_version,
        mime=mime,
        filename=file.name,
        inline=inline and kind.inline,
    )


def check_room(version: ContentVersion, name: str) -> None:
    if _position_of_name(version.files, name) is None:
        _check_count(version.files)


def is_same(file: StoredFile, key: str, s3_version: str | None) -> bool:
    return bool(file.key == key and file.s3_version == s3_version)


def _changed(content_id: str, by: Person, action: str, change: Change, *, version: int | None = None) -> ContentVersion:
    for tried in range(_TRIES):
        item, draft = drafts.draft_in_work(content_id, by)
        if version is not None and draft.version != version:
            raise Refused("The version you were adding this file to is no longer worked on. Add it to the present one.")
        changes = change(draft.files)
        if changes is None:
            return draft
        draft.file_changes = int(draft.file_changes) + 1
        drafts.note_editor(draft, by)
        drafts.touch(item, draft, clock.now())
        entry = drafts.entry_for(action, item, draft, by, changes=changes)
        try:
            with telling(Event(action, content_id, by.user_id, {"version": int(draft.version)})):
                store.save(item, draft, audit=[entry])
        except Stale:  # another file of the same item landed between our read and our write
            time.sleep(random.uniform(0.01, 0.05) * (tried + 1))  # noqa: S311  (spreads, hides nothing)
            continue
        return draft
    raise Stale("Several people are changing the files of this item. Nothing was lost; try again in a moment.")


def _check_count(files: list[StoredFile]) -> None:
    if len(files) >= rules.MAX_FILES:
        raise Invalid(f"An item holds up to {rules.MAX_FILES} files. Remove one, or put several into a zip archive.")


def _position(files: list[StoredFile], file_id: str) -> int:
    found = next((at for at, file in enumerate(files) if file.file_id == file_id), None)
    if found is None:
        raise NotFound()
    return found


def _position_of_name(files: list[StoredFile], name: str) -> int | None:
    return next((at for at, file in enumerate(files) if file.name.casefold() == name.casefold()), None)
