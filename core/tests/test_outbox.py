"""Events are written down with what they tell of, told by the worker, and kept when somebody could not be told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from core import context, events, work
from core.aws.records import Put, write
from core.errors import Stale
from core.events import Event, listens_to, publish, telling
from core.ids import new_id
from core.jobs.models import PAUSE, JobState
from core.outbox import bus, jobs, relay, store, stream
from core.outbox.models import RETRY, OutboxEvent

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def only_those_of_the_test(cloud: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_listeners", [])


def event(name: str = "content.approved", object_id: str = "deck") -> Event:
    return Event(name, object_id, "rita", {"version": 2})


def listener(pattern: str = "*", **options: Any) -> list[Event]:
    heard: list[Event] = []

    def hear(told: Event) -> None:
        heard.append(told)

    hear.__qualname__ = new_id()
    listens_to(pattern, **options)(hear)
    return heard


def failing(times: int) -> list[int]:
    """A listener that fails so often; what it was asked."""
    asked: list[int] = []

    @listens_to("*", later=True)
    def fail(_event: Event) -> None:
        asked.append(1)
        if len(asked) <= times:
            raise ZeroDivisionError

    return asked


def waiting() -> list[OutboxEvent]:
    return [row for shard in (*store.SHARDS, RETRY) for row in store.waiting(shard, limit=100)]


def change(name: str = "change") -> Put:
    """Some write, of a kind that is refused the second time."""
    return Put(JobState(name), JobState.name.does_not_exist())


def test_an_event_is_written_with_the_change_that_it_tells_of() -> None:
    listener(later=True)
    with telling(event()):
        write(change(), audit=())
    assert [row.event["name"] for row in waiting()] == ["content.approved"]


def test_nobody_hears_of_a_write_that_failed() -> None:
    heard = listener()
    write(change(), audit=())
    with pytest.raises(Stale), telling(event()):
        write(change(), audit=())
    assert (heard, waiting()) == ([], [])


def test_a_process_that_dies_after_the_write_has_left_the_event_behind() -> None:
    heard = listener()
    dies = patch.object(events, "_tell_all", side_effect=KeyboardInterrupt)
    with dies, pytest.raises(KeyboardInterrupt), telling(event()):
        write(change(), audit=())
    relay.drain(NOON)
    assert [told.name for told in heard] == ["content.approved"]


def test_an_event_comes_back_from_the_outbox_as_it_went_in() -> None:
    heard = listener(later=True)
    token = context.visit.set(context.Visit("web", "Approver", "a1b2"))
    try:
        publish(told := event())
    finally:
        context.visit.reset(token)
    relay.drain(NOON)
    assert [one.to_json() for one in heard] == [told.to_json()]
    assert heard[0].visit == context.Visit("web", "Approver", "a1b2")


def test_what_nobody_listens_to_is_not_kept() -> None:
    listener("course.*", later=True)
    publish(event())
    assert waiting() == []


def test_a_write_within_a_write_takes_the_events_of_both() -> None:
    listener(later=True)
    with telling(event("lesson.created", "lesson")), telling(event("course.edited", "course")):
        write(change(), audit=())
    assert sorted(row.event["name"] for row in waiting()) == ["course.edited", "lesson.created"]


def test_what_a_listener_writes_does_not_take_along_what_others_tell() -> None:
    seen: list[int] = []

    @listens_to("course.edited")
    def write_something(_event: Event) -> None:
        write(change("by the listener"), audit=())
        seen.append(len(waiting()))

    listener("lesson.created", later=True)
    with telling(event("lesson.created", "lesson")):
        publish(event("course.edited", "course"))
        assert seen == [1]


def test_in_a_visit_that_is_read_only_nothing_is_told() -> None:
    heard = listener()
    token = context.read_only.set(True)
    try:
        publish(event())
    finally:
        context.read_only.reset(token)
    assert (heard, waiting()) == ([], [])


def test_one_whom_nobody_waits_for_hears_from_the_worker_only() -> None:
    at_once, later = listener(), listener(later=True)
    publish(event())
    assert (len(at_once), len(later)) == (1, 0)
    relay.drain(NOON)
    assert (len(at_once), len(later)) == (2, 1)
    assert at_once[0].event_id == at_once[1].event_id
    assert waiting() == []


def test_only_the_one_who_failed_is_told_again_and_after_a_pause() -> None:
    other, asked = listener(later=True), failing(1)
    publish(event())
    relay.drain(NOON)
    relay.drain(NOON + timedelta(seconds=29))
    assert (len(other), len(asked)) == (1, 1)
    relay.drain(NOON + timedelta(seconds=31))
    assert (len(other), len(asked)) == (1, 2)
    assert waiting() == []


def test_one_that_keeps_failing_is_given_up_and_can_be_told_again() -> None:
    asked = failing(relay.MOST_TRIES)
    publish(told := event())
    for hours in range(relay.MOST_TRIES):
        relay.drain(NOON + timedelta(hours=hours))
    relay.drain(NOON + timedelta(days=9))
    assert len(asked) == relay.MOST_TRIES
    [row] = store.dead().items
    assert (row.event_id, row.error) == (told.event_id, "ZeroDivisionError")
    store.revive(row)
    relay.drain(NOON + timedelta(days=9))
    assert len(asked) == relay.MOST_TRIES + 1
    assert (waiting(), list(store.dead().items)) == ([], [])


def test_what_was_given_up_is_listed_shown_and_told_again_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    asked, others = failing(relay.MOST_TRIES), listener(later=True)
    publish(told := event())
    for hours in range(relay.MOST_TRIES):
        relay.drain(NOON + timedelta(hours=hours))
    call_command("events", "dead")
    assert f"{told.event_id} content.approved" in capsys.readouterr().out
    call_command("events", "show", told.event_id)
    shown = json.loads(capsys.readouterr().out)
    assert (shown["error"], shown["tries"], len(shown["waiting"])) == ("ZeroDivisionError", relay.MOST_TRIES, 1)
    call_command("events", "replay", told.event_id)
    call_command("events", "drain")
    assert (len(asked), len(others)) == (relay.MOST_TRIES + 1, 1)
    assert (waiting(), list(store.dead().items)) == ([], [])
    with pytest.raises(CommandError, match="no such event"):
        call_command("events", "replay", told.event_id)


def test_who_failed_under_a_name_that_nobody_has_any_more_is_told_under_the_new_one() -> None:
    heard = listener(later=True)
    row = store.row_of("01x", NOON, event().to_json())
    store.keep(row, ["app.handlers.as_it_was_called"], "ZeroDivisionError", NOON)
    relay.drain(NOON)
    assert (len(heard), waiting()) == (1, [])


def test_one_that_fails_does_not_hold_up_those_behind_it() -> None:
    @listens_to("*", later=True)
    def fail(told: Event) -> None:
        if told.object_id == "bad":
            raise ZeroDivisionError

    heard = listener(later=True)
    for name in ("bad", "good"):
        publish(event(object_id=name))
    relay.drain(NOON)
    assert sorted(told.object_id for told in heard) == ["bad", "good"]
    assert [row.event["object_id"] for row in waiting()] == ["bad"]


def test_what_another_release_wrote_is_put_aside() -> None:
    store.put([store.row_of("01x", NOON, {"name": "from.elsewhere"})])
    relay.drain(NOON)
    assert [row.error for row in store.dead().items] == ["KeyError"]


def test_two_workers_at_once_tell_what_there_is_and_lose_nothing() -> None:
    heard = listener(later=True)
    publish(event())
    [row] = waiting()
    relay.drain(NOON)
    store.again(row, ["somebody"], "Failed", shard=RETRY, at=NOON)  # the slower one, of what the other has done with
    assert (len(heard), waiting()) == (1, [])


class Bus:
    """As much of EventBridge as is asked of it; it takes all but those named `refused`."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def put_events(self, *, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803  (EventBridge names it so)
        taken = [entry for entry in Entries if entry["DetailType"] != "content.refused"]
        self.entries += taken
        return {"Entries": [{"EventId": "1"} if entry in taken else {"ErrorCode": "Throttled"} for entry in Entries]}


@pytest.fixture
def event_bridge() -> Iterator[Bus]:
    box = Bus()
    with override_settings(EVENT_BUS="eventbridge"), patch.object(bus, "client", lambda _service: box):
        yield box


def test_with_a_bus_nobody_hears_before_it_has_brought_the_event(event_bridge: Bus) -> None:
    at_once, later = listener(), listener(later=True)
    publish(event())
    relay.drain(NOON)
    assert (at_once, later, waiting()) == ([], [], [])
    [entry] = event_bridge.entries
    envelope = {"source": entry["Source"], "detail-type": entry["DetailType"], "detail": json.loads(entry["Detail"])}
    work.tell(envelope)
    assert (len(at_once), len(later)) == (1, 1)


def test_what_the_bus_refuses_stays(event_bridge: Bus) -> None:
    listener(later=True)
    publish(event("content.refused"))
    publish(event())
    relay.drain(NOON)
    assert [row.event["name"] for row in waiting()] == ["content.refused"]


def in_stream(row: OutboxEvent, kind: str = "INSERT") -> dict[str, Any]:
    """As DynamoDB hands a change of the table to a function."""
    return {"eventName": kind, "dynamodb": {"NewImage": row.to_dynamodb_dict()}}


def test_the_stream_of_the_outbox_puts_new_events_on_the_bus_and_takes_them_out(event_bridge: Bus) -> None:
    listener(later=True)
    publish(told := event())
    publish(event("content.refused"))
    assert stream.relay_new([in_stream(row) for row in waiting()]) == 2
    assert [entry["DetailType"] for entry in event_bridge.entries] == [told.name]
    assert [row.event["name"] for row in waiting()] == ["content.refused"]


def test_what_a_restore_puts_back_waits_until_it_is_done(event_bridge: Bus) -> None:
    write(Put(JobState(PAUSE)), audit=())
    listener(later=True)
    publish(event())
    assert stream.relay_new([in_stream(row) for row in waiting()]) == 0
    assert (event_bridge.entries, len(waiting())) == ([], 1)


def test_what_the_stream_tells_of_tries_and_removals_is_no_news(event_bridge: Bus) -> None:
    again = store.row_of("01x", NOON, event().to_json())
    again.shard = RETRY
    removed = {"eventName": "REMOVE", "dynamodb": {"Keys": {}}}
    changed = in_stream(store.row_of("01y", NOON, event().to_json()), "MODIFY")
    relayed = stream.relay_new([in_stream(again), removed, changed | {"dynamodb": {"NewImage": {}}}])
    assert (relayed, event_bridge.entries) == (0, [])


def test_where_no_worker_looks_a_job_tells_what_waits_and_otherwise_leaves_it_to_her() -> None:
    heard, worker = listener(later=True), relay.Turns()
    publish(event())
    assert jobs.tell(NOON) == "1 told"
    assert worker.take(NOON + timedelta(minutes=1)) == 0
    publish(event())
    assert jobs.tell(NOON + timedelta(minutes=1)) == "By the worker"
    assert len(heard) == 1


def test_whoever_fails_to_take_in_what_the_bus_brought_is_told_again_from_the_outbox(event_bridge: Bus) -> None:
    other, asked = listener(later=True), failing(1)
    relay.hear(event().to_json())
    assert [row.shard for row in waiting()] == [RETRY]
    relay.drain(datetime.now(UTC) + timedelta(minutes=2))
    assert (len(other), len(asked), waiting()) == (1, 2, [])
    assert list(store.dead().items) == []
