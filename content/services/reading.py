"""What is told of somebody's reading an item, so that whoever counts readers can tell them from its makers."""

from __future__ import annotations

from accounts.person import Person
from content.models import ContentItem
from content.permissions import status_of
from content.rules.visibility import LIVE
from core import clock


def props_of(by: Person, item: ContentItem, version: int) -> dict[str, str | int | bool | None]:
    """`own`: she makes it. `preview`: readers do not see this version, or do not see it yet or any more."""
    live = version == item.live_version and status_of(item, clock.now()) in LIVE
    return {"version": version, "own": by.user_id in (item.owner_user_id, *item.editor_ids), "preview": not live}
