"""Items as bulk work reads them: many at once, as they are at this moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.person import Person
from content import permissions, store
from content.models import ContentItem, ContentVersion
from core import clock


@dataclass
class Shelved:
    """`version` is the one in work; without one, that of which a new draft would be a copy."""

    item: ContentItem
    version: ContentVersion


def read(by: Person, content_ids: Sequence[str]) -> Mapping[str, Shelved]:
    """Those that she may see. Two requests per hundred."""
    now = clock.now()
    items = [item for item in store.items_as_they_are(content_ids) if permissions.can_read(by, item, now)]
    versions = store.versions_as_they_are([(item.content_id, _number(item)) for item in items])
    return {item.content_id: Shelved(item, versions[item.content_id]) for item in items if item.content_id in versions}


def _number(item: ContentItem) -> int:
    return int(item.work_version or item.live_version or item.last_version)
