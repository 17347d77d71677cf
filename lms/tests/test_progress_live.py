"""Tabs that write at once: nothing is lost and nothing counted twice. Real threads on the local cloud."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser import commands


@pytest.fixture(scope="module")
def races(live_portal) -> dict[str, Any]:
    printed = commands.run(live_portal, "from lms.tests.progress_races import run; run()")
    (line,) = [line for line in printed.splitlines() if line.startswith("RACES ")]
    return json.loads(line.removeprefix("RACES "))


def test_a_course_completed_in_several_tabs_is_completed_once(races):
    assert races["completions"] == {"told": ["course.completed"], "moments": 1, "kept": True, "failed": []}


def test_lessons_done_in_several_tabs_all_count(races):
    assert races["lessons"] == {"percent": 100, "finished": True, "told": ["course.completed"], "failed": []}


def test_what_two_players_report_at_once_is_all_kept(races):
    assert races["reports"] == {"ranges": [[0, 5], [20, 25]], "failed": []}


def test_a_lesson_done_while_the_course_is_published_anew_is_done(races):
    assert races["publishes"] == {"finished": True, "failed": []}
