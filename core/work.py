"""What is done beside requests: hearing what other services of the cloud tell, and looking now and then whether
something was missed.

`manage.py work` does both at home, reading the queue that EventBridge fills there. On AWS EventBridge calls `tell` in
a Lambda function with the same envelope, and a schedule calls `sweep`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

logger = logging.getLogger(__name__)

Hearer = Callable[[Mapping[str, Any]], None]
Sweep = Callable[[datetime], object]

_hearers: dict[tuple[str, str], list[Hearer]] = {}
_sweeps: list[Sweep] = []


def hears(source: str, detail_type: str) -> Callable[[Hearer], Hearer]:
    """Registers who is told the `detail` of such events. They may come twice, late, or not at all."""

    def register(hearer: Hearer) -> Hearer:
        _hearers.setdefault((source, detail_type), []).append(hearer)
        return hearer

    return register


def sweeps(sweep: Sweep) -> Sweep:
    """Registers what is called with the present moment about once a minute; missing some of them does no harm."""
    _sweeps.append(sweep)
    return sweep


def at_most_every(pause: timedelta) -> Callable[[Sweep], Sweep]:
    """For a sweep that reads much: this process does it again only after so long, or sooner where it failed."""

    def rarer(sweep: Sweep) -> Sweep:
        done: list[datetime] = []

        @wraps(sweep)
        def swept(now: datetime) -> object:
            if done and done[-1] <= now < done[-1] + pause:
                return None
            told = sweep(now)
            done[:] = [now]
            return told

        return swept

    return rarer


def tell(envelope: Mapping[str, Any]) -> None:
    """An event as EventBridge sends it. Whatever a hearer raises goes on to the caller, so that it is told again."""
    for hearer in _hearers.get((str(envelope.get("source")), str(envelope.get("detail-type"))), ()):
        hearer(envelope.get("detail") or {})


def sweep(now: datetime) -> None:
    for one in _sweeps:
        try:
            one(now)
        except Exception:  # one that fails must not keep the others from their work; it has its next turn in a minute
            logger.exception("sweep failed", extra={"sweep": one.__qualname__})
