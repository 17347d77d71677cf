"""History as people read it: who did what, when and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from accounts.models import AuditEntry
from accounts.person import SYSTEM
from accounts.store import names_of
from content.models import ContentItem, ContentVersion

WORDS: dict[str, tuple[str, str]] = {
    "content.created": ("created the item", "plus"),
    "content.edited": ("edited the draft", "pencil"),
    "content.draft_opened": ("began a new version", "git-branch"),
    "content.draft_discarded": ("discarded the draft", "trash-2"),
    "content.version_restored": ("copied an older version into the draft", "undo-2"),
    "content.file_attached": ("added a file", "paperclip"),
    "content.file_removed": ("removed a file", "paperclip"),
    "content.files_ordered": ("changed the order of the files", "paperclip"),
    "content.submitted": ("submitted it for review", "send"),
    "content.withdrawn": ("withdrew it from review", "undo-2"),
    "content.changes_requested": ("asked for changes", "message-square"),
    "content.approved": ("approved it", "circle-check"),
    "content.verified": ("confirmed that it is still correct", "shield-check"),
    "content.deprecated": ("deprecated it", "circle-alert"),
    "content.expired": ("retired it", "archive"),
    "content.restored": ("restored it", "undo-2"),
    "content.relabelled": ("moved it along with a merged option", "tags"),
    "content.rescheduled": ("changed its dates", "calendar"),
    "content.owner_changed": ("gave it another owner", "arrow-right-left"),
    "content.deleted": ("deleted the item", "trash-2"),
}

FOR_READERS = frozenset(
    {"content.approved", "content.verified", "content.deprecated", "content.expired", "content.restored"}
)
"""What became of the item; how its drafts came about is not for everybody."""

_TOLD_TO_READERS = frozenset({"content.deprecated", "content.expired"})
"""The actions whose reason was written for readers. An Admin's, for deciding alone, was not."""


@dataclass(frozen=True)
class Entry:
    who: str
    words: str
    icon: str
    at: datetime
    version: str
    reason: str


def entries_of(entries: Sequence[AuditEntry], *, may_see_work: bool) -> list[Entry]:
    shown = [e for e in entries if e.result == "allowed" and (may_see_work or e.action in FOR_READERS)]
    names = names_of(entry.actor_id for entry in shown)
    return [
        _entry(entry, names.get(entry.actor_id, ""), may_see_reason=may_see_work or entry.action in _TOLD_TO_READERS)
        for entry in shown
    ]


def _entry(entry: AuditEntry, name: str, *, may_see_reason: bool) -> Entry:
    words, icon = WORDS.get(entry.action, (entry.action.replace(".", " ").replace("_", " "), "dot"))
    who = name or (gettext("The portal") if entry.actor_id == SYSTEM.user_id else gettext("Former colleague"))
    reason = (entry.reason or "") if may_see_reason else ""
    return Entry(who, gettext(words), icon, entry.at, entry.object_version or "", reason)


@dataclass(frozen=True)
class VersionEntry:
    number: int
    state: str
    icon: str
    author: str
    decided_by: str
    decided_at: datetime | None
    changed_at: datetime
    note: str
    comment: str
    current: bool


def versions_list(item: ContentItem, versions: Sequence[ContentVersion]) -> list[VersionEntry]:
    names = names_of(user for version in versions for user in (version.author_user_id, version.decided_by))
    return [_version_entry(item, version, names) for version in versions]


def _version_entry(item: ContentItem, version: ContentVersion, names: Mapping[str, str]) -> VersionEntry:
    state, icon = _state(item, version)
    return VersionEntry(
        number=int(version.version),
        state=state,
        icon=icon,
        author=names.get(version.author_user_id, gettext("Former colleague")),
        decided_by=names.get(version.decided_by or "", ""),
        decided_at=version.decided_at,
        changed_at=version.updated_at,
        note=version.change_note,
        comment=version.review_comment or "",
        current=version.version == item.live_version,
    )


def _state(item: ContentItem, version: ContentVersion) -> tuple[str, str]:
    if version.version == item.live_version:
        return gettext("Live"), "circle-check"
    if version.version == item.work_version:
        if version.status == "InReview":
            return gettext("In review"), "hourglass"
        return gettext("Draft"), "pencil"
    return (gettext("Superseded"), "history") if version.status == "Approved" else (gettext("Discarded"), "trash-2")
