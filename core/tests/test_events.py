from __future__ import annotations

from typing import Any

import pytest

from core import events
from core.events import Event, held_back, listens_to, publish


@pytest.fixture(autouse=True)
def no_other_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_listeners", [])


def listener(pattern: str, **options: Any) -> list[str]:
    heard: list[str] = []
    listens_to(pattern, **options)(lambda event: heard.append(f"{event.name} {event.object_id}"))
    return heard


def _fails(event: Event) -> None:
    raise ZeroDivisionError


def test_a_listener_hears_what_it_listens_to_at_once() -> None:
    heard = listener("content.*")
    publish(Event("content.approved", "a", "rita"))
    publish(Event("course.published", "b", "rita"))
    assert heard == ["content.approved a"]


def test_a_failing_listener_keeps_no_other_from_hearing() -> None:
    listens_to("content.*")(_fails)
    heard = listener("content.*")
    publish(Event("content.approved", "a", "rita"))
    assert heard == ["content.approved a"]


def test_what_is_held_back_is_told_in_order_when_the_block_is_left() -> None:
    heard = listener("content.*")
    with held_back():
        publish(Event("content.submitted", "a", "carl"))
        publish(Event("content.approved", "a", "rita"))
        assert heard == []
    assert heard == ["content.submitted a", "content.approved a"]


def test_one_whom_the_last_is_enough_hears_once_of_each_thing() -> None:
    heard = listener("content.*", unless={"content.viewed"}, last_is_enough=True)
    with held_back():
        publish(Event("content.submitted", "a", "carl"))
        publish(Event("content.created", "b", "carl"))
        publish(Event("content.approved", "a", "rita"))
        publish(Event("content.viewed", "a", "vera"))
    assert sorted(heard) == ["content.approved a", "content.created b"]


def _create_and_fail() -> None:
    with held_back():
        publish(Event("content.created", "a", "carl"))
        raise ZeroDivisionError


def test_what_was_held_back_is_told_although_the_work_failed() -> None:
    heard = listener("content.*")
    with pytest.raises(ZeroDivisionError):
        _create_and_fail()
    assert heard == ["content.created a"]
