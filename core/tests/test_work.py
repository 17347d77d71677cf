from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from unittest.mock import patch

import pytest

from core import work
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
    with patch.object(work, "_hearers", {}):
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


def test_whoever_hears_anything_from_somewhere_hears_all_of_it() -> None:
    told: list[Mapping[str, Any]] = []
    work.hears("portal", work.ANYTHING)(told.append)
    for source, kind in (("portal", "content.approved"), ("portal", "course.published"), ("aws.s3", "Object Created")):
        work.tell({"source": source, "detail-type": kind, "detail": {"kind": kind}})
    assert told == [{"kind": "content.approved"}, {"kind": "course.published"}]


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
