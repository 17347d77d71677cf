"""However many write at once, nothing is overwritten unseen: real threads on the local cloud."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser import commands


@pytest.fixture(scope="module")
def races(live_portal) -> dict[str, Any]:
    printed = commands.run(live_portal, "from lms.tests.authoring_races import run; run()")
    (line,) = [line for line in printed.splitlines() if line.startswith("RACES ")]
    return json.loads(line.removeprefix("RACES "))


def test_lessons_moved_by_several_people_stay_in_an_order(races):
    assert races["moves"] == {"someone": True, "others": True, "numbers": [1, 2, 3, 4, 5, 6], "nobody_lost": True}


def test_people_who_write_in_different_lessons_are_not_in_each_others_way(races):
    assert races["texts"]["kept"]
    assert races["texts"]["most"] >= 1


def test_of_those_who_save_the_same_lesson_one_wins_and_the_others_are_told(races):
    assert races["same_text"] == {"won": 1, "stale": 5}


def test_what_is_live_is_one_whole_snapshot(races):
    assert races["publications"] == {"whole": True, "honest": True, "numbered": True}
