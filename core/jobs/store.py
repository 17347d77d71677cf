from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from core.aws import records
from core.aws.records import Put, write
from core.errors import Stale
from core.jobs.models import PAUSE, JobState


def states(names: Iterable[str]) -> dict[str, JobState]:
    """Those that have ever run."""
    return {str(state.name): state for state in records.get_many(JobState, names)}


def is_paused() -> bool:
    """While a restore puts records back: nobody is to work with half of them."""
    return records.find(JobState, PAUSE, consistent=True) is not None


def take(state: JobState, holder: str, until: datetime, now: datetime) -> bool:
    """False when somebody else is at it, or has just done it."""
    free = JobState.held_until.does_not_exist() | (JobState.held_until < now)
    unchanged = JobState.runs.does_not_exist() | (JobState.runs == state.runs)
    state.holder, state.held_until = holder, until
    try:
        write(Put(state, free & unchanged), audit=())
    except Stale:
        return False
    return True


def make_due(name: str, now: datetime) -> None:
    """The next worker that looks does it. One that never ran, or is being done, is due anyway."""
    state = states([name]).get(name)
    if state and not state.holder:
        state.due_at = now
        with suppress(Stale):
            write(Put(state, JobState.runs == state.runs), audit=())


def prolong(state: JobState, until: datetime) -> bool:
    """False when it had ended and somebody else has taken it."""
    state.held_until = until
    try:
        write(Put(state, JobState.holder == state.holder), audit=())
    except Stale:
        return False
    return True


def give_back(state: JobState) -> None:
    """Saves what came of it, unless it took so long that somebody else has taken it."""
    holder, state.holder, state.held_until = state.holder, None, None
    with suppress(Stale):
        write(Put(state, JobState.holder == holder), audit=())
