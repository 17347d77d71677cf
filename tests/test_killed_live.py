"""A process that is switched off loses no event, and tells none of them twice where once is promised."""

from __future__ import annotations

import json

import pytest

from core.live import LivePortal
from tests.browser import commands


@pytest.fixture(scope="module")
def outcome(live_portal: LivePortal) -> dict[str, object]:
    """One writes and dies, one is told and dies, and one goes on."""
    for killed in ("write_and_die", "hear_and_die"):
        commands.run_until_killed(live_portal, f"from tests import killed; killed.{killed}()")
    printed = commands.run(live_portal, "from tests import killed; killed.hear()")
    (line,) = [line for line in printed.splitlines() if line.startswith("KILLED ")]
    return dict(json.loads(line.removeprefix("KILLED ")))


def test_what_was_written_waits_though_its_writer_and_its_teller_died(outcome):
    assert outcome["waited"] == 1


def test_it_is_told_kept_once_and_waits_no_more(outcome):
    assert outcome["heard"] == 1
    assert outcome["kept"] == [1]
    assert outcome["indexed"] == [True]
    assert outcome["left"] == 0
