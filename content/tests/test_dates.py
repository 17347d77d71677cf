"""First and last days: in the zone of whoever sets them, and never a way around an approval."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from content import store
from content.enums import Kind, Status
from content.models import ContentItem
from content.services import drafts, schedule
from content.tests.factories import fields, make_item
from core import clock
from core.errors import Refused
from core.testing import ANA, CARL, RITA, sign_in

pytestmark = pytest.mark.usefixtures("cloud")


def in_tokyo() -> Client:
    client = sign_in(Client(), RITA)
    client.post("/accounts/preferences/", {"theme": "light", "list_view": "rows", "time_zone": "Asia/Tokyo"})
    return client


def saved(client: Client, item: ContentItem, **days: str) -> ContentItem:
    answer = client.post(f"/content/{item.content_id}/dates/", {"review_every_days": "90", **days})
    assert answer.status_code == 303, answer.content.decode()
    return store.item_by_id(item.content_id, fresh=True)


def test_the_form_shows_the_day_that_was_saved() -> None:
    item, client = make_item(Status.APPROVED), in_tokyo()
    item = saved(client, item, go_live_on="2040-07-01")
    assert item.go_live_at == datetime(2040, 6, 30, 15, tzinfo=UTC)
    assert 'value="2040-07-01"' in client.get(f"/content/{item.content_id}/dates/").content.decode()


def test_a_day_that_is_left_alone_keeps_its_moment_in_another_zone() -> None:
    item = saved(sign_in(Client(), RITA), make_item(Status.APPROVED), go_live_on="2040-07-01", expire_on="2040-07-31")
    again = saved(in_tokyo(), item, go_live_on="2040-07-01", expire_on="2040-08-01")
    assert (again.go_live_at, again.expire_at) == (item.go_live_at, item.expire_at)


@pytest.mark.parametrize("by", [RITA, ANA])
def test_what_has_expired_is_not_brought_back_by_another_date(by) -> None:
    item, soon = make_item(Status.APPROVED), clock.now() + timedelta(hours=1)
    schedule.set_dates(content_id=item.content_id, go_live_at=None, expire_at=soon, review_every_days=90, by=RITA)
    with clock.at(soon), pytest.raises(Refused, match="expired"):
        schedule.set_dates(content_id=item.content_id, go_live_at=None, expire_at=None, review_every_days=90, by=by)
    assert store.item_by_id(item.content_id, fresh=True).expire_at == soon


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("field", ["go_live_on", "expire_on"])
def test_a_day_out_of_reach_is_refused_in_words(field: str, day: str) -> None:
    item = make_item(Status.APPROVED)
    answer = in_tokyo().post(f"/content/{item.content_id}/dates/", {field: day, "review_every_days": 90})
    assert answer.status_code == 400
    assert "Choose a day" in answer.content.decode()


def test_of_two_who_change_the_dates_the_second_is_told() -> None:
    item = make_item(Status.APPROVED)
    slow, url = sign_in(Client(), RITA), f"/content/{item.content_id}/dates/"
    seen = re.search(r'name="seen" value="([^"]+)"', slow.get(url).content.decode())
    saved(sign_in(Client(), ANA), item, expire_on="2040-07-31")
    answer = slow.post(url, {"seen": seen[1] if seen else "", "review_every_days": "30"})
    assert answer.status_code == 409
    assert "Somebody else changed these dates" in answer.content.decode()
    assert store.item_by_id(item.content_id, fresh=True).expire_at is not None


def test_a_link_without_an_address_yet_opens_its_page() -> None:
    item = drafts.create(kind=Kind.LINK, fields=fields(body=""), by=CARL)
    url = f"/content/{item.content_id}/"
    assert sign_in(Client(), CARL).get(f"{url}open/").headers["Location"] == url
