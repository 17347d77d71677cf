"""Jobs are done when they are due, by one process at a time, and what came of them is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core.errors import NotFound
from core.jobs import daily, every, job, registry, running, store
from core.jobs.models import JobState

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def only_those_of_the_test(cloud: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_jobs", {})


def counting(name: str = "count", rhythm: Any = None, *, fails: bool = False) -> list[datetime]:
    done: list[datetime] = []

    @job(name, about="Counts.", rhythm=rhythm or every(5 * MINUTE))
    def count(now: datetime) -> str:
        done.append(now)
        if fails:
            raise ZeroDivisionError
        return f"{len(done)} counted"

    return done


def state(name: str = "count") -> JobState:
    return running.standings([name])[0].state


def test_a_job_is_done_when_it_is_due_and_not_before() -> None:
    done = counting()
    for minutes in (0, 4, 5, 6, 10):
        running.run_due(NOON + minutes * MINUTE)
    assert done == [NOON, NOON + 5 * MINUTE, NOON + 10 * MINUTE]
    assert (state().result, state().runs, state().error) == ("3 counted", 3, None)


def test_a_daily_job_is_done_once_a_day_however_often_it_is_asked() -> None:
    done = counting(rhythm=daily(time(3)))
    for hours in range(0, 60, 3):
        running.run_due(NOON + timedelta(hours=hours))
    assert [moment.hour for moment in done] == [12, 3, 3]


def test_one_that_fails_keeps_no_other_from_its_work_and_has_its_next_turn() -> None:
    failing, done = counting("a", fails=True), counting("b")
    running.run_due(NOON)
    assert (len(failing), len(done)) == (1, 1)
    assert (state("a").error, state("a").failures) == ("ZeroDivisionError", 1)
    running.run_due(NOON + 5 * MINUTE)
    assert len(failing) == 2


def test_while_one_process_is_at_it_no_other_does_it() -> None:
    done = counting()
    held = running.standings(["count"])[0].state
    assert store.take(held, "another", NOON + 10 * MINUTE, NOON)
    assert running.run_due(NOON) == []
    assert done == []
    assert running.standings()[0].is_running(NOON)


def test_a_process_that_died_holds_nobody_up_for_longer_than_its_lease() -> None:
    done = counting()
    store.take(running.standings(["count"])[0].state, "dead", NOON + 10 * MINUTE, NOON)
    running.run_due(NOON + 11 * MINUTE)
    assert len(done) == 1


def test_of_two_that_read_the_same_state_one_does_it() -> None:
    counting()
    first, second = (running.standings(["count"])[0].state for _ in range(2))
    assert store.take(first, "one", NOON + MINUTE, NOON)
    assert not store.take(second, "two", NOON + MINUTE, NOON)


def test_what_another_has_just_done_is_not_done_again() -> None:
    counting()
    late = running.standings(["count"])[0].state
    running.run_due(NOON)
    assert not store.take(late, "late", NOON + MINUTE, NOON + timedelta(seconds=1))


def test_one_that_took_too_long_does_not_overwrite_what_its_successor_found() -> None:
    counting()
    slow = running.standings(["count"])[0].state
    store.take(slow, "slow", NOON + MINUTE, NOON)
    running.run_due(NOON + 2 * MINUTE)
    slow.result = "late"
    store.give_back(slow)
    assert state().result == "1 counted"


def test_a_holder_asks_the_table_only_when_its_lease_has_half_run_out() -> None:
    one, other = running.Holder(), running.Holder()
    assert one.holds("outbox", 2 * MINUTE, NOON)
    assert not other.holds("outbox", 2 * MINUTE, NOON + MINUTE)
    assert one.holds("outbox", 2 * MINUTE, NOON + 1.5 * MINUTE)
    assert not other.holds("outbox", 2 * MINUTE, NOON + 3 * MINUTE)
    assert other.holds("outbox", 2 * MINUTE, NOON + 4 * MINUTE)
    assert not one.holds("outbox", 2 * MINUTE, NOON + 4 * MINUTE)


def test_a_named_job_is_done_at_once_and_an_unknown_one_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    done = counting()
    call_command("run_jobs", "count")
    call_command("run_jobs", "count")
    assert len(done) == 2
    with pytest.raises(NotFound):
        running.run(["unknown"], NOON)
    with pytest.raises(CommandError, match="There is no job unknown"):
        call_command("run_jobs", "unknown")


def test_the_command_fails_when_a_job_did(capsys: pytest.CaptureFixture[str]) -> None:
    counting(fails=True)
    with pytest.raises(CommandError, match="count failed"):
        call_command("run_jobs")
    call_command("run_jobs", "--list")
    assert "count (every 5 minutes): " in capsys.readouterr().out
