from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as portal_settings

from core.aws import parameters
from core.aws.local.provision.parameters import new_sealing_key
from core.testing import ANA
from core.testing_outbound import Listener, listening
from webhooks import store
from webhooks.enums import Delivery
from webhooks.services import managing, sending


@pytest.fixture
def hooks(cloud: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A cloud in which webhooks can be made, and a worker that has nothing to do yet."""
    name = portal_settings.WEBHOOK_SEALING_KEYS_PARAMETER
    cloud("ssm").put_parameter(Name=name, Value=new_sealing_key(), Type="SecureString")
    parameters.forget()
    monkeypatch.setattr(sending, "sender", sending.Sender())
    yield
    parameters.forget()


@pytest.fixture
def listener(hooks: None, settings: Any) -> Iterator[Listener]:
    """A program that takes what it is sent."""
    with listening() as one:
        settings.OUTBOUND_LOCAL_TARGETS = [one.origin]
        yield one


@pytest.fixture
def make(listener: Listener) -> Callable[..., managing.Made]:
    def made(patterns: tuple[str, ...] = ("content.*",), path: str = "/hook", **more: Any) -> managing.Made:
        return managing.create(
            **{"name": "Slack relay", "url": listener.origin + path, "patterns": patterns, "by": ANA} | more
        )

    return made


def delivered(webhook_id: str) -> dict[str, str]:
    """What became of each of its deliveries."""
    return {one.delivery_id: one.state for one in store.deliveries(webhook_id).items}


def states(webhook_id: str) -> list[str]:
    """Newest first."""
    return [one.state for one in store.deliveries(webhook_id).items]


def until(true: Callable[[], object], *, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


WAITING, DELIVERED, FAILED = (one.value for one in (Delivery.WAITING, Delivery.DELIVERED, Delivery.FAILED))
