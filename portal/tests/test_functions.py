"""What Lambda calls besides the pages, with what AWS hands to it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core import work
from core.events import Event
from core.jobs import store as jobs
from core.outbox import bus, store
from core.tests.test_outbox import Bus, in_stream
from portal import functions

pytestmark = pytest.mark.usefixtures("cloud")


def test_each_new_row_of_the_outbox_goes_onto_the_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    box = Bus()
    monkeypatch.setattr(bus, "client", lambda _service: box)
    told = Event("content.approved", "deck", "rita")
    functions.outbox({"Records": [in_stream(store.row_of(told.event_id, told.at, told.to_json()))]}, None)
    assert [json.loads(entry["Detail"]) for entry in box.entries] == [told.to_json()]


def test_what_the_bus_brings_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    monkeypatch.setitem(work._hearers, ("aws.somebody", "Something"), [heard.append])
    functions.bus({"source": "aws.somebody", "detail-type": "Something", "detail": {"id": 1}}, None)
    assert heard == [{"id": 1}]


def test_every_minute_the_jobs_that_are_due_are_done() -> None:
    functions.jobs({}, None)
    assert jobs.states(["events.tell"])["events.tell"].runs == 1
