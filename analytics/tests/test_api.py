"""Numbers and events for programs: for Admins all of them, for owners their items', for nobody else anything."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from analytics import store
from analytics.services import rolling, stock
from analytics.tests.events import noon, told
from content.tests.factories import make_item
from core import clock
from core.api.testing import ApiClient
from core.testing import ANA, CARL, CORA, RITA, VERA

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")
ROUTES = (
    "admin/analytics", "admin/analytics/daily/views", "admin/analytics/daily/viewers", "admin/analytics/daily/people",
    "admin/analytics/content", "admin/analytics/content/never-used", "admin/analytics/content/stale",
    "admin/analytics/learning", "admin/analytics/searches", "admin/analytics/teams", "admin/analytics/xapi",
)  # fmt: skip


def make_used_item() -> str:
    with clock.at(clock.now() - timedelta(days=60)):
        content_id = str(make_item(title="Used").content_id)
    for number, user in enumerate(("a", "b", "b")):
        store.append(told("content.viewed", noon(2) + timedelta(hours=number), user=user, thing=content_id))
    store.append(told("course.completed", noon(2), thing="c1", user="a"))
    store.set_mark(rolling.ROLLED, noon(3))
    rolling.roll_up(clock.now())
    stock.take_stock(clock.now())
    return content_id


def test_an_admin_gets_every_number_with_its_definition_and_moment() -> None:
    content_id = make_used_item()
    api = ApiClient(ANA)
    for route in ROUTES:
        assert api.get(route).status_code == 200, route
    told_ = api.get("admin/analytics").json()
    views = next(one for one in told_["numbers"] if one["name"] == "views")
    assert views["value"] == 3
    assert "30 minutes" in views["means"]
    assert told_["as_of"]
    (top,) = api.get("admin/analytics/content").json()
    assert (top["content_id"], top["title"], top["views"], top["viewers"]) == (content_id, "Used", 3, 2)
    daily = api.get("admin/analytics/daily/views", {"first": str(noon(3).date())}).json()
    assert dict(zip(daily["days"], daily["values"], strict=True))[str(noon(2).date())] == 3
    (statement,) = [
        line
        for line in map(json.loads, api.get("admin/analytics/xapi").getvalue().splitlines())
        if line["verb"]["display"]["en"] == "completed"
    ]
    assert statement["actor"]["account"]["name"] == "a"


def test_nobody_else_gets_any() -> None:
    for person in (VERA, CARL, RITA):
        api = ApiClient(person)
        for route in (*ROUTES, f"events?date={noon().date()}"):
            assert api.get(route).status_code == 403, (person, route)


def test_owners_get_the_numbers_of_their_own_items() -> None:
    content_id = make_used_item()
    for person, status in ((CARL, 200), (ANA, 200), (VERA, 404), (CORA, 404), (RITA, 404)):
        answer = ApiClient(person).get(f"content/{content_id}/usage")
        assert answer.status_code == status, person
        if status == 200:
            assert (sum(answer.json()["views"]["values"]), answer.json()["viewers"]) == (3, 2)
    assert ApiClient(ANA).get("content/made-up/usage").status_code == 404


@pytest.mark.parametrize(
    "days",
    [
        {"first": "2026-11-02", "last": "2026-11-01"},
        {"last": "2999-01-01"},
        {"last": "0001-01-01"},
        {"first": "1999-01-01"},
    ],
)
def test_days_that_cannot_be_are_refused(days: dict[str, str]) -> None:
    assert ApiClient(ANA).get("admin/analytics", days).status_code == 400
    assert ApiClient(ANA).get("admin/analytics", {"first": "yesterday"}).status_code == 422


def test_the_events_of_a_day_come_in_pages_and_without_words() -> None:
    day = noon(1)
    for number in range(5):
        store.append(told("content.viewed", day + timedelta(minutes=number), version=number))
    store.keep_words("s1", "secret", day)
    api = ApiClient(ANA)
    found: list[dict[str, Any]] = []
    cursor = ""
    while cursor is not None:
        page = api.get("events", {"date": str(day.date()), "limit": 2, "cursor": cursor}).json()
        found += page["items"]
        cursor = page["next_cursor"]
    assert [one["metadata"]["props"]["version"] for one in found] == list(range(5))
    assert "secret" not in str(found)
    assert found[0]["event_name"] == "content.viewed"
    other = api.get("events", {"date": str(noon().date()), "cursor": "made-up"})
    assert other.status_code == 400
    assert api.get("events").status_code == 422
