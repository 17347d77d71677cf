"""Tells what waits in the outbox, and keeps what somebody could not be told.

At home a loop of the worker drains it. With `EVENT_BUS=eventbridge` the events go to the bus first (on AWS the table's
stream puts them there, see `stream.py`) and come back through its queue or Lambda function to `hear`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from core import clock, work
from core.events import Event, registrations
from core.jobs.running import Holder
from core.outbox import bus, store
from core.outbox.models import DEAD, RETRY, OutboxEvent

logger = logging.getLogger(__name__)

AT_ONCE = 100
MOST_TRIES = 6
FIRST_PAUSE = timedelta(seconds=30)
_LEASE = timedelta(seconds=30)


class Turns:
    """Of those who would drain the outbox, in this process or another, one does."""

    def __init__(self) -> None:
        self._holder = Holder()

    def take(self, now: datetime) -> int | None:
        """How many events there were; None while somebody else is at it."""
        return drain(now) if self._holder.holds("outbox", _LEASE, now) else None

    def end(self) -> None:
        self._holder.let_go("outbox")


def drain(now: datetime) -> int:
    """Tells what waits, once; how many events there were. Whatever is not told in this turn has its next."""
    seen = 0
    for shard in (*store.SHARDS, RETRY):
        rows = [row for row in store.waiting(shard, limit=AT_ONCE) if row.next_try_at is None or row.next_try_at <= now]
        seen += len(rows)
        if settings.EVENT_BUS == "eventbridge" and shard != RETRY:
            put_on_the_bus(rows, now)
        else:
            _deliver(rows, now)
    return seen


@work.hears(bus.SOURCE, work.ANYTHING)
def hear(told: Mapping[str, Any]) -> None:
    """An event that the bus brings. Who fails to take it in is told again from the outbox, not from the bus."""
    event = Event.from_json(told)
    failures = _tell({event.event_id: event}, {})
    if event.event_id in failures:
        store.keep(store.row_of(event.event_id, event.at, told), *failures[event.event_id], clock.now() + FIRST_PAUSE)


def put_on_the_bus(rows: Sequence[OutboxEvent], now: datetime) -> None:
    events = _events_of(rows, now)
    taken = bus.put(list(events.values()))
    store.remove([row for row in rows if row.event_id in taken])


def _deliver(rows: Sequence[OutboxEvent], now: datetime) -> None:
    events = _events_of(rows, now)
    failures = _tell(events, _waiting(rows))
    for row in rows:
        if row.event_id in failures:
            given_up = row.tries + 1 >= MOST_TRIES
            next_try = None if given_up else now + FIRST_PAUSE * 2**row.tries
            store.again(row, *failures[row.event_id], shard=DEAD if given_up else RETRY, at=next_try)
    store.remove([row for row in rows if row.event_id in events and row.event_id not in failures])


def _waiting(rows: Sequence[OutboxEvent]) -> dict[str, Sequence[str]]:
    """Who alone is to be told. A name that nobody has now was another release's: then everybody is, to be sure."""
    known = {registration.name for registration in registrations()}
    return {row.event_id: row.waiting for row in rows if row.waiting and known.issuperset(row.waiting)}


def _tell(events: Mapping[str, Event], waiting: Mapping[str, Sequence[str]]) -> dict[str, tuple[list[str], str]]:
    """Who failed to take in which of them, and why."""
    failures: dict[str, tuple[list[str], str]] = {}
    for registration in registrations():
        asked = [event for key, event in events.items() if registration.name in waiting.get(key, [registration.name])]
        for event in registration.of(asked):
            try:
                registration.listener(event)
            except Exception as error:  # it must keep neither the others nor the other events from being told
                logger.exception("listener failed", extra={"event": event.name, "event_id": event.event_id})
                names, _ = failures.setdefault(event.event_id, ([], type(error).__name__))
                names.append(registration.name)
    return failures


def _events_of(rows: Sequence[OutboxEvent], now: datetime) -> dict[str, Event]:
    found = {}
    for row in rows:
        try:
            found[row.event_id] = Event.from_json(row.event)
        except (KeyError, TypeError, ValueError) as error:  # written by a newer or an older release
            store.again(row, (), type(error).__name__, shard=DEAD, at=None)
    return found
