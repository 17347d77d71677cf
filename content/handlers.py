"""What the library does when something happened: it keeps its documents in the derived index current, and follows the
options that its items name."""

from __future__ import annotations

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

_CHANGES_NOTHING = {"content.viewed", "content.downloaded", "content.opened"}


@listens_to("content.*", unless=_CHANGES_NOTHING, last_is_enough=True)
def keep_index_current(event: Event) -> None:
    """Puts what the tables say now, not what the event says: told twice or late, it comes to the same."""
    try:
        item = store.item_by_id(event.object_id, fresh=True)
    except NotFound:
        index().remove(KIND, [event.object_id])
        return
    index().put([shown_document(item)])
