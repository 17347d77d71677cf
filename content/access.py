"""Loaders: each gives a thing together with the right to use it, or raises what the person is to be told."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.permissions import Permission, require
from accounts.person import Person
from content import permissions, store
from content.models import ContentItem, ContentVersion
from core import clock
from core.errors import NotFound


def item_for_reading(person: Person, content_id: str) -> ContentItem:
    """Raises NotFound when it is missing or hidden from her: the two are the same."""
    item = store.item_by_id(content_id)
    if not permissions.can_read(person, item, clock.now()):
        raise NotFound()
    return item


def shown_version(person: Person, item: ContentItem) -> ContentVersion:
    """What its page shows her: the live version, or the one in work where there is none yet."""
    number = item.live_version or item.work_version
    if number is None:
        raise NotFound()
    return store.version_of(item.content_id, int(number))


def version_for_reading(person: Person, content_id: str, number: int) -> tuple[ContentItem, ContentVersion]:
    item = item_for_reading(person, content_id)
    if not permissions.can_read_version(person, item, number, clock.now()):
        raise NotFound()
    return item, store.version_of(content_id, number)


def draft_for_editing(person: Person, content_id: str) -> tuple[ContentItem, ContentVersion | None]:
    """Item and its draft, None when one has to be opened first. Raises NotFound, Refused."""
    item = item_for_reading(person, content_id)
    permissions.check_edit(person, item, clock.now())
    return item, store.version_of(content_id, int(item.work_version)) if item.work_version else None


def version_for_review(person: Person, content_id: str) -> tuple[ContentItem, ContentVersion]:
    """Raises NotFound where nothing waits for a decision that she may see."""
    require(person, Permission.CONTENT_APPROVE)
    item = item_for_reading(person, content_id)
    if not item.work_version or item.work_status != "InReview":
        raise NotFound()
    return item, store.version_of(content_id, int(item.work_version))


def items_for_reading(person: Person, content_ids: Sequence[str]) -> list[ContentItem]:
    """Those of them that she may see now, in order: hits of the index are only a suggestion."""
    now = clock.now()
    return [item for item in store.items_by_ids(content_ids) if permissions.can_read(person, item, now)]
