"""Two workers at once: the lease lets one of them, and what it lets slip harms nobody. Real processes, the local cloud."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from core import clock
from core.live import LivePortal
from tests.browser import commands


def said(printed: str, word: str) -> dict[str, Any]:
    (line,) = [line for line in printed.splitlines() if line.startswith(f"{word} ")]
    return dict(json.loads(line.removeprefix(f"{word} ")))


def test_no_round_is_done_by_both_of_two_workers_and_they_never_meet_at_it(live_portal: LivePortal, tmp_path: Path):
    since = clock.iso(clock.now())

    def worker(me: str) -> dict[str, Any]:
        code = f"from tests import job_races; job_races.turns({me!r}, 1, {str(tmp_path)!r}, {since!r})"
        return said(commands.run(live_portal, code), "TURNS")

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(worker, ("one", "other"))
    assert len(list(tmp_path.iterdir())) == 2, "they did not meet"
    done = one["done"] + other["done"]
    assert 0 in done and len(set(done)) == len(done)
    assert one["met"] + other["met"] == 0


@pytest.fixture(scope="module")
def sweeps(live_portal: LivePortal) -> dict[str, Any]:
    return said(commands.run(live_portal, "from tests import job_races; job_races.sweeps()"), "SWEEPS")


def test_what_expired_went_live_or_is_to_be_reviewed_is_told_once(sweeps):
    assert sweeps["items"] == {"kept": [1] * 6}


def test_that_a_token_expires_is_told_once(sweeps):
    assert sweeps["token_warnings"] == {"kept": [1]}


def test_a_day_counted_from_several_places_agrees_with_its_events(sweeps):
    assert sweeps["days"] == {"differ": 0, "views": 8}


def test_the_index_rebuilt_from_several_places_is_as_the_tables_are(sweeps):
    assert sweeps["the_index"] == {"differs": False}


def test_the_audit_log_sealed_from_several_places_is_one_chain(sweeps):
    assert sweeps["seal_chain"] == {"problems": []}
