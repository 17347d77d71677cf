"""What came before: versions, their differences, and who did what, when and why."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Path, Query, Router
from pydantic import Field

from accounts.http import Request
from accounts.store import audit_of_target
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from content import access, permissions, store
from content.api.schemas import ItemText, written_in
from content.compare import changes
from content.history import FOR_READERS, VersionEntry, entries_of, versions_list
from content.models import ContentItem, ContentVersion
from core import clock
from core.api.schemas import Cursor, Listing, Output
from metadata.store import labels

router = Router(tags=["Library: versions and history"], auth=Bearer(Area.CONTENT))


class ItemVersionRow(Output):
    number: int
    state: str = Field(examples=["Superseded"])
    author: str
    decided_by: str
    decided_at: datetime | None
    changed_at: datetime
    note: str = Field(description="What was new in it.")
    comment: str = Field(description="What the reviewer said of it.")
    current: bool = Field(description="Readers see this one.")

    @classmethod
    def of(cls, entry: VersionEntry) -> ItemVersionRow:
        return cls.model_validate(entry)


class ItemVersions(Listing[ItemVersionRow]):
    pass


class ItemVersion(ItemText):
    about: ItemVersionRow

    @classmethod
    def of(cls, item: ContentItem, version: ContentVersion) -> ItemVersion:
        return cls(about=ItemVersionRow.of(versions_list(item, [version])[0]), **written_in(version))


class Piece(Output):
    how: Literal["same", "added", "removed", "skipped"]
    text: str


class VersionChange(Output):
    label: str = Field(examples=["Title"])
    pieces: list[Piece]


class VersionChanges(Output):
    items: list[VersionChange] = Field(description="Only what differs.")


class TwoVersions(Output):
    a: int = Field(ge=1, le=10**9, description="The number of a version.")
    b: int = Field(ge=1, le=10**9)


class ItemEvent(Output):
    at: datetime
    who: str
    words: str = Field(examples=["approved it"])
    version: str
    reason: str


class ItemHistory(Listing[ItemEvent]):
    pass


@router.get(
    "/{content_id}/versions", response=ItemVersions, operation_id="listVersions", summary="Versions, newest first"
)
def versions(request: Request, content_id: str, cursor: Cursor = "") -> ItemVersions:
    """Those that you may see: readers the live one, its editors all."""
    item, now = access.item_for_reading(request.user, content_id), clock.now()
    found = store.versions_of(content_id, cursor=cursor or None)
    mine = [version for version in found.items if permissions.can_read_version(request.user, item, version, now)]
    rows = [ItemVersionRow.of(entry) for entry in versions_list(item, mine)]
    return ItemVersions(items=rows, next_cursor=found.next_cursor)


@router.get(
    "/{content_id}/versions/compare", response=VersionChanges, operation_id="compareVersions", summary="What changed"
)
def versions_compare(request: Request, content_id: str, two: Query[TwoVersions]) -> VersionChanges:
    older, newer = sorted((two.a, two.b))
    _, old = access.version_for_reading(request.user, content_id, older)
    _, new = access.version_for_reading(request.user, content_id, newer)
    return VersionChanges(items=[VersionChange.model_validate(change) for change in changes(old, new, labels())])


@router.get("/{content_id}/versions/{version}", response=ItemVersion, operation_id="getVersion", summary="A version")
def version(request: Request, content_id: str, version: Path[int]) -> ItemVersion:
    return ItemVersion.of(*access.version_for_reading(request.user, content_id, version))


@router.get(
    "/{content_id}/history", response=ItemHistory, operation_id="getHistory", summary="Who did what, newest first"
)
def history(request: Request, content_id: str, cursor: Cursor = "") -> ItemHistory:
    """Readers are told what became of the approved item; its editors and Approvers of drafts and reviews, too."""
    item = access.item_for_reading(request.user, content_id)
    all_of_it = permissions.can_read_history(request.user, item)
    found = audit_of_target(f"content:{content_id}", cursor or None, actions=() if all_of_it else FOR_READERS)
    told = [ItemEvent.model_validate(entry) for entry in entries_of(found.items, may_see_work=all_of_it)]
    return ItemHistory(items=told, next_cursor=found.next_cursor)
