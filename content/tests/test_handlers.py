"""The derived index follows the tables, in whatever order listeners come to it."""

from __future__ import annotations

import pytest

from content import handlers, store
from content.documents import KIND, shown_document
from content.enums import Status
from content.services import drafts, lifecycle
from content.tests.factories import make_item
from core.events import Event
from core.index import index
from core.testing import ANA, RITA

pytestmark = pytest.mark.usefixtures("cloud")


def while_it_reads(monkeypatch: pytest.MonkeyPatch, happens) -> None:
    """Between a listener's reading of the tables and its writing of the index, once."""
    real = handlers.shown_document

    def slow(item):
        monkeypatch.setattr(handlers, "shown_document", real)
        read = real(item)
        happens()
        return read

    monkeypatch.setattr(handlers, "shown_document", slow)


def test_a_late_listener_does_not_put_back_what_is_no_longer_so(monkeypatch: pytest.MonkeyPatch) -> None:
    item = make_item(Status.APPROVED)
    while_it_reads(monkeypatch, lambda: lifecycle.expire(content_id=item.content_id, reason="Wrong.", by=RITA))
    handlers.keep_index_current(Event("content.verified", item.content_id, RITA.user_id))
    now = shown_document(store.item_by_id(item.content_id, fresh=True))
    assert now.terms and index().digest(KIND, item.content_id) == now.digest


def test_a_late_listener_does_not_bring_back_what_was_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    item = make_item(Status.APPROVED)
    while_it_reads(monkeypatch, lambda: drafts.delete(content_id=item.content_id, by=ANA))
    handlers.keep_index_current(Event("content.verified", item.content_id, RITA.user_id))
    assert index().digest(KIND, item.content_id) is None
