"""While a restore is under way nobody works with half of the records: workers and jobs stand still.

What says so is a row that they ask for. It outlasts a restore that was killed, and goes with the end of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from core import clock
from core.aws import operator
from core.errors import Refused
from core.jobs.models import PAUSE, JobState
from portal.backup.telling import Begin

_PATIENCE_SECONDS = 120
_KEY = {"name": {"S": PAUSE}}


def begin_it(begin: Begin) -> None:
    """Waits for those who are at something. Raises Refused when one of them takes too long."""
    operator.put(JobState.Meta.table_name, [_KEY | {"holder": {"S": "restore_all"}}])
    with begin("Waiting for the worker", "seconds", None) as tell:
        for _second in range(_PATIENCE_SECONDS):
            if not list(_under_way()):
                return
            operator.wait(1)
            tell(1)
    if names := ", ".join(_under_way()):
        raise Refused(
            f"Here a worker is at work ({names}). Nothing was changed, and nothing new is begun. Give the same command "
            "again when it is done."
        )


def end_it() -> None:
    operator.remove(JobState.Meta.table_name, [_KEY])


def _under_way() -> Iterator[str]:
    """A worker that lives holds `outbox` until it has heard that it is to stand still."""
    now = clock.now()
    for item in operator.whole(JobState.Meta.table_name):
        state = JobState.from_raw_data(item)
        if state.held_until and state.held_until > now:
            yield str(state.name)
