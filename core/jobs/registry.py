"""The jobs there are. Each app registers its own in `jobs.py`; `manage.py run_jobs` does those that are due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

Work = Callable[[datetime], object]
Pace = Callable[[datetime], datetime]

LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class Job:
    """`work` is given the present moment and may say in a few words what it did; doing it twice does no harm.

    `lease` is how long a process may take before another one holds it for dead.
    """

    name: str
    about: str
    work: Work
    next_after: Pace
    pace: str
    lease: timedelta


@dataclass(frozen=True)
class _Rhythm:
    next_after: Pace
    words: str


_jobs: dict[str, Job] = {}


def every(pause: timedelta) -> _Rhythm:
    minutes = int(pause.total_seconds() // 60)
    words = {1: "every minute", 60: "every hour"}.get(minutes, f"every {minutes} minutes")
    return _Rhythm(lambda now: now + pause, words)


def daily(at: time) -> _Rhythm:
    """Once a day at this time, UTC."""

    def next_after(now: datetime) -> datetime:
        today = datetime.combine(now.date(), at, tzinfo=now.tzinfo)
        return today if today > now else today + timedelta(days=1)

    return _Rhythm(next_after, f"daily at {at:%H:%M} UTC")


def job(name: str, *, about: str, rhythm: _Rhythm, lease: timedelta = LEASE) -> Callable[[Work], Work]:
    """Registers a job, for example `job("content.expire", about="…", rhythm=every(timedelta(minutes=5)))`."""

    def register(work: Work) -> Work:
        _jobs[name] = Job(name, about, work, rhythm.next_after, rhythm.words, lease)
        return work

    return register


def jobs() -> Sequence[Job]:
    return [_jobs[name] for name in sorted(_jobs)]
