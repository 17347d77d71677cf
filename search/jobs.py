"""What the search does by the clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from core.index.registry import rebuilders
from core.jobs import daily, job
from search.rebuilding import rebuild


@job(
    "search.reconcile",
    about="Compares the search index with the tables, and mends what differs.",
    rhythm=daily(time(3, 10)),
    lease=timedelta(hours=1),
)
def reconcile(_now: datetime) -> object:
    differing = [outcome for kind in sorted(rebuilders()) if (outcome := rebuild(kind, int)).differs]
    return f"{sum(one.missing + one.gone + one.changed for one in differing)} mended"
