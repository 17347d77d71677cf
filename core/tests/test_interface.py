from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from core import clock
from core.templatetags import interface

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=-10), "just now"),
        (timedelta(seconds=10), "in a moment"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(minutes=59), "in 59 minutes"),
        (timedelta(hours=-3), "3 hours ago"),
        (timedelta(hours=11), "in 11 hours"),
        (timedelta(hours=-20), "yesterday"),
        (timedelta(hours=20), "tomorrow"),
        (timedelta(days=3), "in 3 days"),
        (timedelta(days=-30), "4 weeks ago"),
        (timedelta(days=90), "in 3 months"),
        (timedelta(days=-800), "2 years ago"),
    ],
)
def test_distance_in_words(away: timedelta, words: str) -> None:
    assert interface.distance(NOW + away, NOW) == words


def test_yesterday_is_a_day_of_the_persons_zone() -> None:
    late = NOW - timedelta(hours=11)  # 01:00 UTC, still the 9th in New York
    assert interface.distance(late, NOW) == "11 hours ago"
    with timezone.override(ZoneInfo("America/New_York")):
        assert interface.distance(late, NOW) == "yesterday"


def test_moment_tells_the_exact_time_in_the_persons_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with timezone.override(ZoneInfo("America/New_York")):
        shown = str(interface.moment("2026-03-13T12:00:00.000Z"))
    assert 'datetime="2026-03-13T12:00:00+00:00"' in shown
    assert "8 a.m. EDT" in shown
    assert ">in 3 days<" in shown
    assert interface.moment(None) == ""


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_240, "1 KB"), (4_404_019, "4.2 MB"), (19_922_944, "19 MB"), (None, "")],
)
def test_file_sizes_are_short(size: int | None, shown: str) -> None:
    assert interface.filesize(size).replace("\u00a0", " ") == shown


def test_initials_are_of_the_first_and_last_name() -> None:
    assert [interface.initials(name) for name in ("Maya van Lindqvist", "cher", "")] == ["ML", "C", "?"]


def render(source: str, address: str = "/content/?suite=a&suite=b&type=deck&cursor=x") -> str:
    return Template(source).render(Context({"request": RequestFactory().get(address)}))


def test_changing_a_filter_starts_from_the_first_page() -> None:
    assert render("{% query_with sort='title' as here %}{{ here|safe }}") == "?suite=a&suite=b&type=deck&sort=title"
    assert render("{% query_with suite=None as here %}{{ here|safe }}") == "?type=deck"


def test_a_chip_removes_only_its_own_value() -> None:
    assert render("{% query_without 'suite' 'a' as here %}{{ here|safe }}") == "?suite=b&type=deck"
    assert render("{% query_without 'suite' as here %}{{ here|safe }}") == "?type=deck"


def test_values_in_the_address_cannot_leave_the_attribute() -> None:
    assert '"' not in render("{% query_with q='x' %}", '/?a="><script>')
    assert "<" not in render("{% query_with q='x' %}", '/?a="><script>')


def test_icons_are_hidden_from_assistive_technology_and_made_once() -> None:
    shown = render("{% icon 'search' %}{% icon 'search' 20 %}")
    assert shown.count('aria-hidden="true"') == shown.count("<svg") == 2
    assert interface._icon("search", 16) is interface._icon("search", 16)


@pytest.mark.parametrize("status", ["Draft", "InReview", "Approved", "Scheduled", "Deprecated", "Expired"])
def test_a_status_is_a_word_and_an_icon(status: str) -> None:
    shown = str(interface.status_badge(status))
    assert "<svg" in shown
    assert shown.rsplit("</svg>", 1)[1].removesuffix("\n").removesuffix("</span>").strip()
