"""What of an item's past is shown to whom."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.person import Person
from content import history
from content.enums import Status
from content.models import ContentItem
from content.rules.lifecycle import TRANSITIONS
from content.services import drafts, files
from content.tests.factories import approve, fields, make_item
from core.testing import ANA, CARL, RITA, VERA, sign_in

pytestmark = pytest.mark.usefixtures("cloud")


def seen_by(person: Person, item: ContentItem, page: str = "history") -> str:
    return sign_in(Client(), person).get(f"/content/{item.content_id}/{page}/").content.decode()


def test_why_an_admin_decided_alone_is_for_editors_and_approvers() -> None:
    item = make_item(Status.IN_REVIEW, owner=ANA)
    approve(item.content_id, by=ANA, reason="Nobody else was there.")
    assert "Nobody else was there." in seen_by(RITA, item)
    assert "approved it" in seen_by(VERA, item)
    assert "Nobody else was there." not in seen_by(VERA, item)


def test_why_an_item_was_deprecated_is_for_every_reader() -> None:
    assert "Replaced by a better one." in seen_by(VERA, make_item(Status.DEPRECATED))


def test_a_reader_finds_what_concerns_her_before_any_number_of_edits() -> None:
    item = make_item(Status.APPROVED)
    draft = drafts.open_work(content_id=item.content_id, by=CARL)
    for number in range(21):
        text = fields(body=f"Text {number}")
        draft = drafts.edit(content_id=item.content_id, fields=text, seen_rev=draft.text_rev, by=CARL)
    html = seen_by(VERA, item)
    assert "approved it" in html
    assert "cursor=" not in html


def test_every_action_has_its_words() -> None:
    moves = {transition.event for transition in TRANSITIONS.values()}
    of_files = {"content.file_attached", "content.file_removed", "content.files_ordered"}
    assert moves | of_files | history.FOR_READERS <= set(history.WORDS)
    assert "content.files_ordered" in files.move.__code__.co_consts


def test_versions_beyond_the_first_page_can_be_reached() -> None:
    item = make_item(Status.APPROVED)
    for _ in range(50):
        drafts.open_work(content_id=item.content_id, by=CARL)
        drafts.discard_work(content_id=item.content_id, by=CARL)
    assert "cursor=" in seen_by(CARL, item, "versions")
    assert "cursor=" not in seen_by(CARL, make_item(Status.APPROVED), "versions")
