"""The inbox, the bell and what somebody follows, as she meets them."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts import services as accounts
from content.enums import Status
from content.tests.factories import make_item
from core import clock
from core.testing import CARL, RITA, VERA, as_htmx, sign_in
from notifications.enums import Kind
from notifications.services import people, telling
from notifications.services.telling import News
from notifications.store import inbox as store
from notifications.store import subscriptions


@pytest.fixture
def vera(cloud: object, monkeypatch: pytest.MonkeyPatch) -> Client:
    for person in (VERA, CARL, RITA):
        accounts.ensure_profile(by=person)
    cast = {person.user_id: person for person in (VERA, CARL, RITA)}
    monkeypatch.setattr(people, "active_among", lambda ids: {one: cast[one] for one in ids})
    return sign_in(Client(), VERA)


def tell(content_id: str, event_id: str = "e") -> str:
    news = News(Kind.UPDATED, f"content:{content_id}", event_id, RITA.user_id, clock.now())
    telling.tell(news, [VERA.user_id])
    return store.page_of(VERA.user_id).items[0].notification_id


def test_a_page_of_the_inbox_costs_two_requests_and_the_bell_one(
    vera: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(5):
        tell(make_item(Status.APPROVED, title=f"Item {number}").content_id, str(number))
    with caplog.at_level("INFO", "portal.request"):
        vera.get("/notifications/bell/")
        assert "5 unread" in vera.get("/notifications/bell/").content.decode()
        assert "Item 3" in vera.get("/notifications/").content.decode()
    calls = [record.dynamodb_calls for record in caplog.records if hasattr(record, "dynamodb_calls")]
    assert calls[-2:] == [1, 2]


def test_opening_leads_there_and_marks_it_read_once_and_it_is_nobody_elses(vera: Client) -> None:
    item = make_item(Status.APPROVED)
    one = tell(item.content_id)
    assert sign_in(Client(), CARL).get(f"/notifications/{one}/open/").status_code == 404
    for _twice in range(2):
        answer = vera.get(f"/notifications/{one}/open/")
        assert answer.headers["Location"] == f"/content/{item.content_id}/"
        assert store.head_of(VERA.user_id).unread == 0
    answer = vera.post(f"/notifications/{one}/read/", {"read": "0"}, headers=as_htmx())
    assert "data-unread" in answer.content.decode()
    assert store.head_of(VERA.user_id).unread == 1


def test_all_are_read_up_to_the_moment_that_she_saw(vera: Client) -> None:
    tell(make_item(Status.APPROVED).content_id, "1")
    seen = clock.iso(clock.now())
    tell(make_item(Status.APPROVED).content_id, "2")
    vera.post("/notifications/read/", {"until": seen})
    assert store.head_of(VERA.user_id).unread == 1
    assert len(store.page_of(VERA.user_id, unread=True).items) == 1


def test_following_twice_is_following_once_and_what_is_hidden_cannot_be_followed(vera: Client) -> None:
    item, draft = make_item(Status.APPROVED), make_item(Status.DRAFT)
    for _twice in range(2):
        vera.post(f"/notifications/subscriptions/content:{item.content_id}/", {"follow": "1"})
    assert len(subscriptions.all_of(VERA.user_id).items) == 1
    assert vera.post(f"/notifications/subscriptions/content:{draft.content_id}/").status_code == 404
    assert (
        "Following"
        in vera.get(f"/notifications/subscriptions/content:{item.content_id}/", headers=as_htmx()).content.decode()
    )
    vera.post(f"/notifications/subscriptions/content:{item.content_id}/", {"follow": "0"})
    assert subscriptions.all_of(VERA.user_id).items == []


def test_a_bell_without_a_session_leads_nowhere(cloud: object) -> None:
    assert Client().get("/notifications/bell/", headers=as_htmx()).status_code == 200
