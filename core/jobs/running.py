from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import NotFound
from core.ids import new_id
from core.jobs import store
from core.jobs.models import JobState
from core.jobs.registry import Job, jobs

logger = logging.getLogger(__name__)

LONGEST_RESULT = 200


@dataclass(frozen=True)
class Standing:
    """A job and how its last run went; `state` is empty for one that never ran."""

    job: Job
    state: JobState

    @property
    def due_at(self) -> datetime | None:
        return self.state.due_at

    def is_due(self, now: datetime) -> bool:
        return self.state.due_at is None or self.state.due_at <= now

    def is_running(self, now: datetime) -> bool:
        return self.state.held_until is not None and self.state.held_until > now


def standings(only: Sequence[str] = ()) -> list[Standing]:
    """Raises NotFound for a name that no job has."""
    known = {one.name: one for one in jobs()}
    unknown = [name for name in only if name not in known]
    if unknown:
        raise NotFound(f"There is no job {unknown[0]}. There are: {', '.join(known)}.")
    chosen = [known[name] for name in only] or list(known.values())
    states = store.states([one.name for one in chosen])
    return [Standing(one, states.get(one.name) or JobState(one.name)) for one in chosen]


def run_due(now: datetime) -> list[JobState]:
    """Does whatever is due and held by nobody, one after the other; nothing while all stand still."""
    if store.is_paused():
        return []
    return [state for one in standings() if one.is_due(now) for state in _run(one, now)]


def run(names: Sequence[str], now: datetime) -> list[JobState]:
    """Does these whether they are due or not; those that somebody is at are left out. Raises NotFound."""
    return [state for one in standings(names) for state in _run(one, now)]


def _run(one: Standing, now: datetime) -> Iterator[JobState]:
    state = one.state
    if not store.take(state, new_id(), now + one.job.lease, now):
        return
    began = time.monotonic()
    state.started_at, state.runs = now, state.runs + 1
    try:
        told = one.job.work(now)
        state.result, state.error = str(told)[:LONGEST_RESULT] if told is not None else None, None
    except Exception as error:  # one that fails must not keep the others from their work; it has its next turn
        logger.exception("job failed", extra={"job": one.job.name})
        state.error, state.failures = type(error).__name__, state.failures + 1
    state.seconds = round(time.monotonic() - began, 2)
    state.finished_at = now + timedelta(seconds=state.seconds)
    state.due_at = one.job.next_after(now)
    store.give_back(state)
    yield state


class Pause:
    """Whether everybody stands still, for a process that asks all the time; it asks the table every few seconds."""

    _ASKED_AFTER = timedelta(seconds=5)

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[datetime, bool] | None = None

    def is_on(self, now: datetime) -> bool:
        with self._lock:
            if self._known is None or self._known[0] + self._ASKED_AFTER <= now:
                self._known = now, store.is_paused()
            return self._known[1]


class Holder:
    """This process, as the one that does something over and over; another takes over when it dies."""

    def __init__(self) -> None:
        self._states: dict[str, JobState] = {}

    def holds(self, name: str, lease: timedelta, now: datetime) -> bool:
        """Asks the table only when the lease has half run out."""
        mine = self._states.get(name)
        if mine and mine.held_until and mine.held_until - lease / 2 > now:
            return True
        if mine and mine.held_until and mine.held_until > now and store.prolong(mine, now + lease):
            return True
        self._states.pop(name, None)
        state = store.states([name]).get(name) or JobState(name)
        if not store.take(state, new_id(), now + lease, now):
            return False
        self._states[name] = state
        return True

    def let_go(self, name: str) -> None:
        """So that nobody has to wait until the lease has run out."""
        if mine := self._states.pop(name, None):
            store.give_back(mine)
