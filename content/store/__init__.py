"""Access patterns of the library, each one request of a key or an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from accounts.models import AuditEntry
from content.enums import Status
from content.models import ContentItem, ContentVersion
from core.aws.records import Check, Delete, Put, find, get, get_many, query, write
from core.aws.together import read_together
from core.paging import Page

_AT_ONCE = 90
STORED_STATUSES = (Status.APPROVED, Status.DEPRECATED, Status.EXPIRED, Status.IN_REVIEW, Status.DRAFT)


def item_by_id(content_id: str, *, fresh: bool = False) -> ContentItem:
    """Raises NotFound."""
    return get(ContentItem, content_id, consistent=fresh)


def items_by_ids(content_ids: Sequence[str]) -> list[ContentItem]:
    """In the order asked for; one BatchGet per hundred; missing ones left out."""
    found = {item.content_id: item for item in get_many(ContentItem, content_ids)}
    return [found[content_id] for content_id in content_ids if content_id in found]


def items_as_they_are(content_ids: Sequence[str]) -> list[ContentItem]:
    """As `items_by_ids`, and what was written a moment ago is in it."""
    return read_together({ContentItem: content_ids}, consistent=True).many(ContentItem, dict.fromkeys(content_ids))


def versions_as_they_are(wanted: Sequence[tuple[str, int]]) -> dict[str, ContentVersion]:
    """One of each item, by the item's id; one BatchGet per hundred."""
    found = read_together({ContentVersion: wanted}, consistent=True).many(ContentVersion, wanted)
    return {str(version.content_id): version for version in found}


def version_of(content_id: str, number: int, *, fresh: bool = False) -> ContentVersion:
    """Raises NotFound."""
    return get(ContentVersion, content_id, number, consistent=fresh)


def find_version(content_id: str, number: int, *, fresh: bool = False) -> ContentVersion | None:
    return find(ContentVersion, content_id, number, consistent=fresh)


def versions_of(content_id: str, *, cursor: str | None = None, limit: int = 50) -> Page[ContentVersion]:
    """Newest first."""
    scope = f"versions:{content_id}"
    return query(ContentVersion, content_id, scope=scope, cursor=cursor, limit=limit, newest_first=True)


def every_version_of(content_id: str) -> list[ContentVersion]:
    found: list[ContentVersion] = []
    cursor = None
    while True:
        page = versions_of(content_id, cursor=cursor, limit=100)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


def items_owned_by(user_id: str, *, cursor: str | None = None, limit: int = 20) -> Page[ContentItem]:
    """Last changed first."""
    return query(ContentItem.by_owner, user_id, scope=f"owned:{user_id}", cursor=cursor, limit=limit, newest_first=True)


def items_in_review(*, cursor: str | None = None, limit: int = 20) -> Page[ContentItem]:
    """Longest waiting first."""
    return query(ContentItem.in_work, Status.IN_REVIEW.value, scope="in-review", cursor=cursor, limit=limit)


def items_with_status(status: Status, *, cursor: str | None = None, limit: int = 20) -> Page[ContentItem]:
    """Last changed first."""
    return query(
        ContentItem.by_status, status.value, scope=f"status:{status}", cursor=cursor, limit=limit, newest_first=True
    )


def items_going_live(month: str, until: datetime) -> Iterator[ContentItem]:
    """Those that were approved for a day in the month (`YYYY-MM`), which has come."""
    return _until(ContentItem.by_go_live, month, ContentItem.go_live_at <= until)


def items_expiring(month: str, until: datetime) -> Iterator[ContentItem]:
    """Those whose last day falls into the month (`YYYY-MM`) and has come, the longest expired first."""
    return _until(ContentItem.by_expiry, month, ContentItem.expire_at <= until)


def items_to_review(month: str, until: datetime) -> Iterator[ContentItem]:
    """Those that are to be looked at again in the month (`YYYY-MM`), and before `until`."""
    return _until(ContentItem.by_review, month, ContentItem.next_review_at <= until)


def _until(index: Any, month: str, condition: Any) -> Iterator[ContentItem]:
    cursor = None
    while True:
        scope = f"until:{month}"
        page = query(index, month, scope=scope, cursor=cursor, limit=200, range_condition=condition)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def note_told(item: ContentItem) -> None:
    """What the portal notes for itself, and nobody has changed. Raises Stale."""
    write(Put(item), audit=())


def every_item() -> Iterator[ContentItem]:
    """All items, status by status, for rebuilding the index; never within a request."""
    for status in STORED_STATUSES:
        cursor = None
        while True:
            page = items_with_status(status, cursor=cursor, limit=200)
            yield from page.items
            cursor = page.next_cursor
            if cursor is None:
                break


def save(item: ContentItem, *versions: ContentVersion, audit: Iterable[AuditEntry]) -> None:
    """Item, versions and audit entries in one transaction. Raises Stale when one of them was changed meanwhile."""
    write(Put(item), *(Put(version) for version in versions), audit=list(audit))


def save_relabelled(
    item: ContentItem, draft: ContentVersion | None, *, beside: Sequence[Put | Delete | Check], audit: AuditEntry
) -> None:
    """Options of the portal's own accord: whoever has the draft open at this moment does not lose the race to it."""
    if draft:
        draft.file_changes = int(draft.file_changes) + 1
    write(Put(item), *([Put(draft)] if draft else []), *beside, audit=[audit])


def delete(item: ContentItem, versions: Sequence[ContentVersion], *, audit: Iterable[AuditEntry]) -> None:
    """The item with as many versions as a transaction takes, then the others: nothing leads to them any more."""
    write(Delete(item), *map(Delete, versions[:_AT_ONCE]), audit=list(audit))
    for start in range(_AT_ONCE, len(versions), _AT_ONCE):
        write(*map(Delete, versions[start : start + _AT_ONCE]), audit=())
