"""What metadata does by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.person import SYSTEM
from core.jobs import every, job
from metadata import store
from metadata.services import merging

_STEPS, _STEP = 50, 100
"""Of one merge in one turn; what is left has the next."""


@job(
    "metadata.finish_merges",
    about="Goes on with merges and renames of options that were interrupted.",
    rhythm=every(timedelta(minutes=10)),
)
def finish_merges(_now: datetime) -> object:
    open_jobs = store.jobs(store.OPEN, limit=_STEP).items
    return f"{sum(_finished(str(one.option_id)) for one in open_jobs)} finished, of {len(open_jobs)}"


def _finished(job_id: str) -> bool:
    return any(merging.advance(job_id=job_id, limit=_STEP, by=SYSTEM).finished_at for _ in range(_STEPS))
