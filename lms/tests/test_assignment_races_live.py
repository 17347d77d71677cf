"""Who does at once what must happen once: real threads on the local cloud, within the portal's rights."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser import commands


@pytest.fixture(scope="module")
def races(live_portal) -> dict[str, Any]:
    printed = commands.run(live_portal, "from lms.tests.assignment_races import run; run()")
    (line,) = [line for line in printed.splitlines() if line.startswith("RACES ")]
    return json.loads(line.removeprefix("RACES "))


def test_assigning_at_once_makes_one_assignment(races):
    assert races["assigns"] == {"assignments": 1, "told_so": 1}


def test_a_completion_is_told_once_and_no_extension_undoes_it(races):
    assert races["completes"] == {"status": "completed", "told": 1}


def test_what_is_assigned_while_it_is_completed_is_completed(races):
    assert races["late_ones"] == {"states": ["completed"], "count": 4}


def test_sweeps_at_once_tell_of_each_overdue_assignment_once(races):
    assert races["reminds"] == {"overdue": 1}


def test_a_path_finished_in_two_tabs_is_completed_once(races):
    assert races["finishes"] == {"percent": 100, "told": 1}
