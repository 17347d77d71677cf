"""What courses need of the library's items."""

from __future__ import annotations

from accounts.person import Person
from content import store
from content.access import shown_version
from content.permissions import can_read
from core import clock
from core.errors import NotFound


def text_of(content_id: str, by: Person) -> str:
    """The article's text as readers have it; empty for files, links and what she may not see."""
    try:
        item = store.item_by_id(content_id)
        return shown_version(by, item).body if can_read(by, item, clock.now()) else ""
    except NotFound:
        return ""
