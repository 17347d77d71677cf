"""Home: what matters to this person now."""

from __future__ import annotations

import pytest
from django.test import Client

from content.enums import Status
from content.services import drafts, lifecycle
from content.tests.factories import approve, make_item
from core.testing import CARL, CORA, RITA, sign_in

pytestmark = pytest.mark.usefixtures("cloud")


def drafts_of(person) -> list[str]:
    response = sign_in(Client(), person).get("/")
    return [row.title for row in response.context["drafts"]]


def test_an_old_draft_is_not_pushed_out_by_what_was_approved_since() -> None:
    make_item(Status.DRAFT, title="Unfinished")
    for number in range(21):
        make_item(Status.APPROVED, title=f"Done {number}")
    assert drafts_of(CARL) == ["Unfinished"]


def test_her_drafts_are_those_of_new_items_and_of_new_versions_until_they_are_approved() -> None:
    make_item(Status.DRAFT, title="Someone else's", owner=CORA)
    item = make_item(Status.APPROVED, title="Price list")
    assert drafts_of(CARL) == []
    drafts.open_work(content_id=item.content_id, by=CARL)
    assert drafts_of(CARL) == ["Price list"]
    lifecycle.submit(content_id=item.content_id, by=CARL)
    assert drafts_of(CARL) == ["Price list"]
    assert drafts_of(RITA) == []
    approve(item.content_id)
    assert drafts_of(CARL) == []
