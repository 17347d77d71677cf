"""Domain events: what happened, told to whoever listens.

A service tells of its write with `telling`. The event is written down in the same transaction (`core/outbox`), so it is
lost neither when a listener fails nor when the process dies. Listeners register in their app's `handlers.py` and are
idempotent: an event keeps its id when it is told again, and it is told again whenever that is not sure. None of them can
fail the request that caused the event.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from django.conf import settings

from core import clock, context
from core.aws.alongside import taking_along, taking_nothing_along
from core.errors import PortalError
from core.ids import new_id
from core.outbox import store as outbox
from core.outbox.models import OutboxEvent

logger = logging.getLogger(__name__)

SCHEMA = 1
"""Of the envelope; a listener that finds a higher one was not written for it."""


@dataclass(frozen=True)
class Event:
    """`name` is `object.past_verb`. Never a name, an e-mail address, a text that somebody wrote, or a token."""

    name: str
    object_id: str
    actor_id: str
    props: Mapping[str, str | int | bool | None] = field(default_factory=dict)
    event_id: str = field(default_factory=new_id)
    at: datetime = field(default_factory=clock.now)
    request_id: str = field(default_factory=context.request_id.get)
    visit: context.Visit = field(default_factory=lambda: context.visit.get() or context.Visit("job"))

    @property
    def object_type(self) -> str:
        return self.name.partition(".")[0]

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            **{name: getattr(self, name) for name in ("name", "object_id", "actor_id", "event_id", "request_id")},
            "props": dict(self.props),
            "at": clock.iso(self.at),
            "visit": asdict(self.visit),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Event:
        """Raises KeyError or ValueError for what is not an event."""
        plain = {name: str(told[name]) for name in ("name", "object_id", "actor_id", "event_id", "request_id")}
        return cls(**plain, props=dict(told["props"]), at=clock.parse(told["at"]), visit=context.Visit(**told["visit"]))


Listener = Callable[[Event], None]


@dataclass(frozen=True)
class Registration:
    listener: Listener
    pattern: str
    unless: frozenset[str]
    last_is_enough: bool
    later: bool

    @property
    def name(self) -> str:
        return f"{self.listener.__module__}.{self.listener.__qualname__}"

    def hears(self, event: Event) -> bool:
        return fnmatchcase(event.name, self.pattern) and event.name not in self.unless

    def of(self, events: Iterable[Event]) -> Iterable[Event]:
        """Those of them that it is to hear."""
        matching = [event for event in events if self.hears(event)]
        return {event.object_id: event for event in matching}.values() if self.last_is_enough else matching


_listeners: list[Registration] = []
_held_back: ContextVar[list[Event] | None] = ContextVar("held_back", default=None)


def listens_to(
    pattern: str, *, unless: Collection[str] = (), last_is_enough: bool = False, later: bool = False
) -> Callable[[Listener], Listener]:
    """Registers a listener for the names that match, for example `content.*`, `unless` they are among those.

    `last_is_enough` for one that looks at the thing as it is now, whatever happened to it: see `held_back`.
    `later` for one whom nobody waits for: the worker tells it. The others hear at once, before the person has her
    answer, and from the worker again.
    """

    def register(listener: Listener) -> Listener:
        _listeners.append(Registration(listener, pattern, frozenset(unless), last_is_enough, later))
        return listener

    return register


def registrations() -> Sequence[Registration]:
    return tuple(_listeners)


@contextmanager
def telling(*events: Event) -> Iterator[None]:
    """Around the write that the events tell of: they are written down with it, and heard when the block is left.

    A write that fails is told to nobody. In a visit that is read-only nothing is done, so there is nothing to tell.
    """
    if context.read_only.get():
        yield
        return
    with taking_along([_row(event) for event in events if _anybody_hears(event)]) as along:
        yield
    if not along.is_written:
        _write_down(along.rows)
    held = _held_back.get()
    if held is None:
        _tell_all(events)
    else:
        held.extend(events)


def publish(event: Event) -> None:
    """For what goes with no write of ours: a page that was looked at, a change that another service has made."""
    with telling(event):
        pass


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


def _row(event: Event) -> OutboxEvent:
    return outbox.row_of(event.event_id, event.at, event.to_json())


def _anybody_hears(event: Event) -> bool:
    return any(registration.hears(event) for registration in _listeners)


def _write_down(rows: Sequence[Any]) -> None:
    try:
        outbox.put(rows)
    except PortalError:  # what it tells of is done, and nobody is to be told that it failed
        logger.exception("event not written down", extra={"events": [row.event_id for row in rows]})


def _tell_all(events: Sequence[Event]) -> None:
    if settings.EVENT_BUS == "eventbridge":  # the bus tells them, and the worker listens
        return
    with taking_nothing_along():
        for registration in _listeners:
            if not registration.later:
                for event in registration.of(events):
                    _tell(registration.listener, event)


def _tell(listener: Listener, event: Event) -> None:
    try:
        listener(event)
    except Exception:  # a listener's failure is never the person's; the worker tells it again
        logger.exception("listener failed", extra={"event": event.name, "event_id": event.event_id})
