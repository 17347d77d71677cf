"""What the library does when something happened: it keeps its documents in the derived index current, and follows the
options that its items name."""

from __future__ import annotations

import logging

from content import store, uses
from content.documents import KIND, every_document, shown_document
from content.services import relabel
from core.errors import NotFound
from core.events import Event, listens_to
from core.index import index
from core.index.registry import register
from metadata import references

register(KIND, every_document)
references.register(references.Holder(KIND, uses.shown, uses.all_uses, uses.address, uses.left_bare, relabel.follow))

logger = logging.getLogger(__name__)

_TRIES = 5
_CHANGES_NOTHING = {
    *("content.viewed", "content.downloaded", "content.opened", "content.review_due"),
    *("content.commented", "content.comment_edited", "content.comment_removed"),
    *("content.comment_resolved", "content.comment_reopened"),
}


@listens_to("content.*", unless=_CHANGES_NOTHING, last_is_enough=True)
def keep_index_current(event: Event) -> None:
    """Puts what the tables say now, not what the event says: told twice or late, it comes to the same."""
    for _ in range(_TRIES):
        if _put_what_is(event.object_id):
            return
    logger.warning("index not settled", extra={"event": event.name, "event_id": event.event_id})


def _put_what_is(content_id: str) -> bool:
    """False when another listener has put something since the tables were read: what is older never stays."""
    known = index().digest(KIND, content_id)
    before = {content_id: known} if known else {}
    try:
        document = shown_document(store.item_by_id(content_id, fresh=True))
    except NotFound:
        index().remove(KIND, [content_id], unless_changed=before)
        return index().digest(KIND, content_id) is None
    index().put([document], unless_changed=before)
    return index().digest(KIND, content_id) == document.digest
