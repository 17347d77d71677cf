"""What is told of reading: who counts as a reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.person import Person
from content.enums import Status
from content.tests.factories import make_item
from core import events
from core.events import Event, listens_to
from core.testing import ANA, CARL, RITA, VERA, sign_in


@pytest.fixture
def told(cloud: object) -> Iterator[list[Event]]:
    heard: list[Event] = []
    before = list(events._listeners)
    listens_to("content.viewed")(heard.append)
    yield heard
    events._listeners[:] = before


@pytest.mark.parametrize(
    ("person", "status", "own", "preview"),
    [
        (VERA, Status.APPROVED, False, False),
        (ANA, Status.APPROVED, False, False),
        (CARL, Status.APPROVED, True, False),
        (VERA, Status.DEPRECATED, False, False),
        (RITA, Status.IN_REVIEW, False, True),
        (RITA, Status.EXPIRED, False, True),
        (CARL, Status.DRAFT, True, True),
    ],
)
def test_a_view_says_whether_a_reader_read_what_readers_see(
    told: list[Event], person: Person, status: Status, own: bool, preview: bool
) -> None:
    item = make_item(status)
    assert sign_in(Client(), person).get(f"/content/{item.content_id}/").status_code == 200
    (event,) = told
    assert (event.object_id, event.props["own"], event.props["preview"]) == (item.content_id, own, preview)
