"""Run within a live portal by `test_killed_live`: processes that are killed at the worst moments.

Their events stand in a shard of their own, where the portal's worker does not look.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence

from analytics import store as kept
from content.enums import Kind
from content.services import drafts
from content.tests.factories import fields
from core import clock, events
from core.events import Event, listens_to
from core.index import index
from core.outbox import relay, store
from core.testing import CARL

store.SHARDS = ("open#killed",)


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def write_and_die() -> None:
    """After the write and before anybody has heard of it."""
    given = fields("Kept though nobody was told")
    events._tell_all = _die  # type: ignore[assignment]
    drafts.create(kind=Kind.ARTICLE, fields=given, by=CARL)


def hear_and_die() -> None:
    """As a worker: while the last of the listeners is at it, when all others have heard it."""
    listens_to("content.created", later=True)(_die)
    relay.drain(clock.now())


def hear() -> None:
    """As the worker that follows; what it has found, and what came of it."""
    waited = _waiting()
    heard: list[Event] = []
    listens_to("content.created", later=True)(heard.append)
    relay.drain(clock.now())
    told = {event.event_id for event in heard}
    rows = [row.event_id for row in kept.every_event_of(clock.now().date())]
    outcome = {
        "waited": len(waited),
        "heard": len(heard),
        "kept": [rows.count(one) for one in told],
        "indexed": [event.object_id in index().ids("content") for event in heard],
        "left": len(_waiting()),
    }
    print("KILLED", json.dumps(outcome))


def _waiting() -> Sequence[object]:
    return store.waiting(store.SHARDS[0], limit=100)
