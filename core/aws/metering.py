"""Counts what a request costs in DynamoDB: calls and consumed capacity, for the log line and the benchmarks."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Meter:
    calls: int = 0
    capacity: float = 0.0
    by_table: dict[str, int] = field(default_factory=dict)


_meter: ContextVar[Meter | None] = ContextVar("dynamodb_meter", default=None)


def start() -> Meter:
    """Begins counting for this request; the same object goes on being filled."""
    meter = Meter()
    _meter.set(meter)
    return meter


def attach(client: Any) -> None:
    client.meta.events.register("provide-client-params.dynamodb", _ask_for_capacity)
    client.meta.events.register("after-call.dynamodb", _count)


def _ask_for_capacity(params: dict[str, Any], model: Any, **_: Any) -> None:
    if "ReturnConsumedCapacity" in model.input_shape.members:
        params["ReturnConsumedCapacity"] = "TOTAL"


def _count(parsed: dict[str, Any], **_: Any) -> None:
    meter = _meter.get()
    if meter is None:
        return
    meter.calls += 1
    consumed = parsed.get("ConsumedCapacity") or []
    for entry in consumed if isinstance(consumed, list) else [consumed]:
        meter.capacity += entry.get("CapacityUnits", 0.0)
        table = entry.get("TableName", "")
        meter.by_table[table] = meter.by_table.get(table, 0) + 1
