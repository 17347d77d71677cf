"""Our own events on a real EventBridge: from the bus to the queue, to the worker, to whoever listens."""

from __future__ import annotations

import json
import time

from tests.browser import commands

MANY = 25
PUT = f"""
from core.events import Event
from core.outbox import bus
told = [Event("content.viewed", "01bus0000000000000000000", "somebody") for _ in range({MANY})]
print("TAKEN", len(bus.put(told)))
print("IDS", __import__("json").dumps([event.event_id for event in told]))
"""
KEPT = """
from analytics import store
from core import clock
from datetime import timedelta
days = {{clock.now().date(), (clock.now() - timedelta(minutes=5)).date()}}
ids = [row.event_id for day in days for row in store.every_event_of(day)]
print("KEPT", [ids.count(one) for one in {ids!r}])
"""
PATIENCE_SECONDS = 60


def said(printed: str, word: str) -> str:
    (line,) = [line for line in printed.splitlines() if line.startswith(f"{word} ")]
    return line.removeprefix(f"{word} ")


def test_what_is_put_on_the_bus_is_heard_by_the_worker_once_each(live_portal):
    printed = commands.run(live_portal, PUT)
    assert said(printed, "TAKEN") == str(MANY)
    expect_each_once(live_portal, printed)


def test_what_is_written_into_the_outbox_comes_by_its_stream_onto_the_bus_and_to_the_worker(live_portal):
    printed = commands.run(live_portal, f"from core.tests.stream_by_hand import run; run({MANY})")
    assert said(printed, "RELAYED") == str(MANY)
    expect_each_once(live_portal, printed)


def expect_each_once(live_portal, printed: str) -> None:
    ids, until = json.loads(said(printed, "IDS")), time.monotonic() + PATIENCE_SECONDS
    while "0" in (kept := said(commands.run(live_portal, KEPT.format(ids=ids)), "KEPT")) and time.monotonic() < until:
        pass
    assert kept == str([1] * MANY)
