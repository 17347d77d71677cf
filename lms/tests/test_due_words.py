"""How a due date reads: short on pages, in full in files, and never without its zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core import clock
from lms.due_words import due_in_full, due_in_zone, due_words, zone_words
from lms.models import Assignment

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = {"due_at": datetime(2026, 11, 28, 4, 59, 59, tzinfo=UTC), "due_on": "2026-11-27", "due_zone": "America/New_York"}
TIME = {"due_at": datetime(2027, 1, 8, 9, 30, tzinfo=UTC), "due_zone": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("due", "words", "in_new_york", "in_full"),
    [
        (
            DAY,
            "Fri, Nov 27, end of day New York time",
            "Fri, Nov 27",
            "Nov. 27, 2026, end of day (America/New_York)",
        ),
        (
            TIME,
            "Fri, Jan 8, 2027, 10:30 a.m. Berlin time",
            "Fri, Jan 8, 2027, 10:30 a.m. Berlin time",
            "Jan. 8, 2027, 10:30 a.m. (Europe/Berlin)",
        ),
        ({}, "", "", ""),
    ],
)
def test_a_due_date_in_words(due: dict[str, object], words: str, in_new_york: str, in_full: str) -> None:
    one = Assignment(user_id="u", assignment_id="a", **due)
    with clock.at(NOW):
        assert due_words(one) == words
        assert due_in_zone(one, "America/New_York") == in_new_york
        assert due_in_full(one) == in_full


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("Pacific/Apia", "Apia time"),
        ("UTC", "UTC"),
        ("Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_zones_are_named_as_people_say_them(zone: str, words: str) -> None:
    assert zone_words(zone) == words
