"""What it costs to keep an event, to bring one from its write to its row, and to count a day of many."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from analytics import store
from analytics.rules.told import Told
from analytics.services import keeping, rolling
from bench.recording import recorded
from core import clock
from core.events import Event, publish
from core.outbox import relay

_PEOPLE, _ITEMS = 400, 2000


@dataclass(frozen=True)
class Paced:
    """Milliseconds of a clock on the wall, each; `requests` to DynamoDB for one."""

    what: str
    count: int
    ms: float
    requests: float

    @property
    def per_second(self) -> float:
        return 1000 / self.ms


def measure(count: int) -> list[Paced]:
    few = min(count, 500)
    return [
        _each("append (the listener)", [_event(number) for number in range(few)], keeping.keep),
        _each("publish (the request)", [_event(number) for number in range(few)], publish),
        _told(few),
        _counted(count),
    ]


def _event(number: int) -> Event:
    props: dict[str, str | int | bool | None] = {"version": 1, "own": False, "preview": False}
    return Event("content.viewed", f"bench-{number % _ITEMS:06d}", f"sub-{number % _PEOPLE:04d}", props)


def _each(what: str, events: list[Event], act: Callable[[Event], None]) -> Paced:
    taken = []
    with recorded() as calls:
        for event in events:
            began = time.perf_counter()
            act(event)
            taken.append((time.perf_counter() - began) * 1000)
    return Paced(what, len(events), median(taken), len(calls) / len(events))


def _told(waiting: int) -> Paced:
    """By the worker, to all listeners, until nothing waits."""
    began = time.perf_counter()
    with recorded() as calls:
        while relay.drain(clock.now()):
            pass
    return Paced("tell (the worker)", waiting, (time.perf_counter() - began) * 1000 / waiting, len(calls) / waiting)


def _counted(count: int) -> Paced:
    """A day of so many, of yesterday, so that nothing else is among them."""
    noon = (clock.now() - timedelta(days=1)).replace(hour=12)
    store.append_many(_day(count, noon))
    began = time.perf_counter()
    with recorded() as calls:
        rolling.count_days([noon.date()])
    return Paced("count (the roll-up)", count, (time.perf_counter() - began) * 1000 / count, len(calls) / count)


def _day(count: int, noon: datetime) -> Iterator[Told]:
    for number in range(count):
        told = keeping.told_of(_event(number))
        at = noon + timedelta(seconds=number % 40_000)
        yield Told(told.event_id, told.name, at, told.user_id, told.object_id, "Viewer", "web", "s", "", told.props)
