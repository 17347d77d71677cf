from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from core import clock, work
from core.aws import queue


class Queue:
    """As much of SQS as is asked of it."""

    def __init__(self, *bodies: str) -> None:
        self.messages = [
            {"MessageId": str(at), "ReceiptHandle": str(at), "Body": body} for at, body in enumerate(bodies)
        ]
        self.deleted: list[str] = []

    def receive_message(self, **_asked: Any) -> dict[str, Any]:
        return {"Messages": self.messages} if self.messages else {}

    def delete_message(self, *, QueueUrl: str, ReceiptHandle: str) -> None:  # noqa: N803  (SQS names them so)
        self.deleted.append(ReceiptHandle)


@pytest.fixture(autouse=True)
def nobody_else() -> Iterator[None]:
    with patch.object(work, "_hearers", {}), patch.object(work, "_sweeps", []):
        yield


def hear(box: Queue) -> int:
    with patch.object(queue, "client", lambda _service: box):
        return queue.hear("queue", work.tell)


def test_whoever_hears_an_event_is_told_its_detail_and_nobody_else() -> None:
    told: list[Mapping[str, Any]] = []
    work.hears("aws.transcribe", "Changed")(told.append)
    for source, kind in (("aws.transcribe", "Changed"), ("aws.transcribe", "Other"), ("aws.s3", "Changed")):
        work.tell({"source": source, "detail-type": kind, "detail": {"from": source}})
    work.tell({})
    assert told == [{"from": "aws.transcribe"}]


def test_a_message_is_removed_once_it_was_told_and_stays_where_telling_failed() -> None:
    @work.hears("portal", "Happened")
    def fails_at_two(detail: Mapping[str, Any]) -> None:
        if detail["number"] == 2:
            raise ValueError

    bodies = [json.dumps({"source": "portal", "detail-type": "Happened", "detail": {"number": n}}) for n in (1, 2, 3)]
    box = Queue(*bodies, "no JSON")
    assert hear(box) == 4
    assert box.deleted == ["0", "2"]


def test_an_empty_queue_is_nothing_special() -> None:
    assert hear(Queue()) == 0


def test_a_sweep_that_fails_keeps_no_other_from_its_work() -> None:
    swept: list[datetime] = []

    @work.sweeps
    def fails(_now: datetime) -> None:
        raise ValueError

    work.sweeps(swept.append)
    now = clock.now()
    work.sweep(now)
    assert swept == [now]


def test_a_sweep_that_reads_much_comes_round_more_rarely_and_at_once_again_when_it_failed() -> None:
    swept: list[int] = []

    @work.at_most_every(timedelta(minutes=10))
    def reads_much(moment: datetime) -> None:
        swept.append(moment.minute)
        if len(swept) == 1:
            raise ValueError

    start = clock.now().replace(minute=0)
    for minute in range(25):
        with suppress(ValueError):
            reads_much(start + timedelta(minutes=minute))
    assert swept == [0, 1, 11, 21]
