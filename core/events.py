"""Domain events: what happened, told to whoever listens.

A service publishes after its write. Listeners register in their app's `handlers.py`, are idempotent (an event keeps
its id when it is told again), and can never fail the request that caused the event.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase

from core import clock
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
_listeners: list[tuple[str, Listener]] = []


def listens_to(pattern: str) -> Callable[[Listener], Listener]:
    """Registers a listener for the names that match, for example `content.*`."""

    def register(listener: Listener) -> Listener:
        _listeners.append((pattern, listener))
        return listener

    return register


def publish(event: Event) -> None:
    for pattern, listener in _listeners:
        if fnmatchcase(event.name, pattern):
            _tell(listener, event)


def _tell(listener: Listener, event: Event) -> None:
    try:
        listener(event)
    except Exception:  # a listener's failure is never the person's
        logger.exception("listener failed", extra={"event": event.name, "event_id": event.event_id})
