"""Two tabs at one quiz: real threads on the local cloud, each race run once, within the portal's rights."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser import commands


@pytest.fixture(scope="module")
def races(live_portal) -> dict[str, Any]:
    printed = commands.run(live_portal, "from lms.tests.quiz_races import run; run()")
    (line,) = [line for line in printed.splitlines() if line.startswith("RACES ")]
    return json.loads(line.removeprefix("RACES "))


def test_tabs_that_start_at_once_share_one_attempt(races):
    assert races["starts"] == {"numbers": [1], "attempts": 1}


def test_an_attempt_handed_in_several_times_at_once_is_graded_once(races):
    assert races["submits"] == {"graded": 1, "told": ["quiz.passed", "quiz.submitted"], "finished": True}


def test_the_limit_holds_against_tabs_that_start_at_once(races):
    assert races["limits"] == {"attempts": 2, "refused": 6}


def test_answers_given_in_two_tabs_at_once_are_all_kept(races):
    assert races["answers"] == {"earned": 14, "total": 14}


def test_attempts_finish_on_their_questions_while_the_course_is_published_again(races):
    assert races["publishes"] == {"finished": 5, "passed": 5, "of": 5}
