"""Counts what a request costs in DynamoDB: calls and consumed capacity, for the log line and the benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Meter:
    """`around` counts, too: a test that asks for a page within its own count."""

    calls: int = 0
    capacity: float = 0.0
    by_table: dict[str, int] = field(default_factory=dict)
    around: Meter | None = None


_meter: ContextVar[Meter | None] = ContextVar("dynamodb_meter", default=None)


def start() -> Meter:
    """Begins counting, from nothing; the same object goes on being filled."""
    meter = Meter()
    _meter.set(meter)
    return meter


@contextmanager
def counting() -> Iterator[Meter]:
    """Counts what is done in the block."""
    meter = Meter(around=_meter.get())
    token = _meter.set(meter)
    try:
        yield meter
    finally:
        _meter.reset(token)


def attach(client: Any) -> None:
    client.meta.events.register("provide-client-params.dynamodb", _ask_for_capacity)
    client.meta.events.register("after-call.dynamodb", _count)


def _ask_for_capacity(params: dict[str, Any], model: Any, **_: Any) -> None:
    if "ReturnConsumedCapacity" in model.input_shape.members:
        params["ReturnConsumedCapacity"] = "TOTAL"


def _count(parsed: dict[str, Any], **_: Any) -> None:
    consumed = parsed.get("ConsumedCapacity") or []
    spent = [(entry.get("TableName", ""), entry.get("CapacityUnits", 0.0)) for entry in _each(consumed)]
    meter = _meter.get()
    while meter is not None:
        meter.calls += 1
        for table, capacity in spent:
            meter.capacity += capacity
            meter.by_table[table] = meter.by_table.get(table, 0) + 1
        meter = meter.around


def _each(consumed: Any) -> list[dict[str, Any]]:
    return consumed if isinstance(consumed, list) else [consumed]
