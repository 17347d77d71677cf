"""Domain events: what happened, told to whoever listens.

A service publishes after its write. Listeners register in their app's `handlers.py`, are idempotent (an event keeps
its id when it is told again), and can never fail the request that caused the event.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase

from core import clock, context
from core.ids import new_id

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Event:
    """`name` is `object.past_verb`. Never a name, an e-mail address, a text that somebody wrote, or a token."""

    name: str
    object_id: str
    actor_id: str
    props: Mapping[str, str | int | bool | None] = field(default_factory=dict)
    event_id: str = field(default_factory=new_id)
    at: datetime = field(default_factory=clock.now)


Listener = Callable[[Event], None]


@dataclass(frozen=True)
class _Registration:
    listener: Listener
    pattern: str
    unless: frozenset[str]
    last_is_enough: bool

    def of(self, events: Iterable[Event]) -> Iterable[Event]:
        """Those of them that it is to hear."""
        matching = [
            event for event in events if fnmatchcase(event.name, self.pattern) and event.name not in self.unless
        ]
        return {event.object_id: event for event in matching}.values() if self.last_is_enough else matching


_listeners: list[_Registration] = []
_held_back: ContextVar[list[Event] | None] = ContextVar("held_back", default=None)


def listens_to(
    pattern: str, *, unless: Collection[str] = (), last_is_enough: bool = False
) -> Callable[[Listener], Listener]:
    """Registers a listener for the names that match, for example `content.*`, `unless` they are among those.

    `last_is_enough` for one that looks at the thing as it is now, whatever happened to it: see `held_back`.
    """

    def register(listener: Listener) -> Listener:
        _listeners.append(_Registration(listener, pattern, frozenset(unless), last_is_enough))
        return listener

    return register


def publish(event: Event) -> None:
    """Tells the listeners, unless nothing was done: in a visit that is read-only nothing is."""
    if context.read_only.get():
        return
    held = _held_back.get()
    if held is None:
        _tell_all([event])
    else:
        held.append(event)


@contextmanager
def held_back() -> Iterator[None]:
    """For work in bulk: listeners hear of it when the block is left, and some only of the last event of each thing."""
    held: list[Event] = []
    token = _held_back.set(held)
    try:
        yield
    finally:
        _held_back.reset(token)
        _tell_all(held)


def _tell_all(events: Sequence[Event]) -> None:
    for registration in _listeners:
        for event in registration.of(events):
            _tell(registration.listener, event)


def _tell(listener: Listener, event: Event) -> None:
    try:
        listener(event)
    except Exception:  # a listener's failure is never the person's
        logger.exception("listener failed", extra={"event": event.name, "event_id": event.event_id})
