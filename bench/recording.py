"""Which requests DynamoDB gets: operation, parameters and read or written units, without those for sessions.

The local cloud reports one unit for any query and none for batches, so reads are counted here as AWS bills them:
half a unit per 4 KB, of a query together and of a batch item by item.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings

from core.aws import clients

_UNIT_BYTES = 4096


@dataclass
class Call:
    operation: str
    params: dict[str, Any]
    capacity: float = 0.0

    @property
    def tables(self) -> set[str]:
        if "TransactItems" in self.params:
            return {change["TableName"] for item in self.params["TransactItems"] for change in item.values()}
        return set(self.params.get("RequestItems", ())) or {self.params["TableName"]}

    @property
    def is_read(self) -> bool:
        return self.operation in _READS


_READS = frozenset({"GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"})


@contextmanager
def recorded() -> Iterator[list[Call]]:
    """The list is complete when the block has been left."""
    calls: list[Call] = []
    events = clients.client("dynamodb").meta.events

    def asked(params: dict[str, Any], model: Any, **_: Any) -> None:
        calls.append(Call(model.name, copy.deepcopy(params)))

    def answered(parsed: dict[str, Any], **_: Any) -> None:
        calls[-1].capacity = capacity_of(parsed)

    events.register_last("provide-client-params.dynamodb", asked)
    events.register("after-call.dynamodb", answered)
    try:
        yield calls
    finally:
        events.unregister("provide-client-params.dynamodb", asked)
        events.unregister("after-call.dynamodb", answered)
        calls[:] = [call for call in calls if call.tables != {settings.TABLES["sessions"]}]


def capacity_of(answer: dict[str, Any]) -> float:
    if "Item" in answer:
        return _units(_size(answer["Item"]))
    if "Items" in answer:
        return _units(sum(_size(item) for item in answer["Items"]))
    if "Responses" in answer:
        return sum(_units(_size(item)) for items in answer["Responses"].values() for item in items)
    consumed = answer.get("ConsumedCapacity") or []
    entries = consumed if isinstance(consumed, list) else [consumed]
    return sum(entry.get("CapacityUnits", 0.0) for entry in entries)


def written_units(call: Call) -> float:
    """As AWS bills what is put: a unit per KB of each record, in a transaction two. Without those of indexes."""
    if call.is_read:
        return 0.0
    together = [item for change in call.params.get("TransactItems", ()) for item in change.values()]
    alone = [
        request for many in call.params.get("RequestItems", {}).values() for one in many for request in one.values()
    ]
    plain = [] if together or alone else [call.params]
    return float(2 * sum(map(_kilobytes, together)) + sum(map(_kilobytes, (*alone, *plain))))


def _kilobytes(change: dict[str, Any]) -> int:
    return max(1, ceil(_size(change.get("Item", {})) / 1024))


def _units(size: int) -> float:
    return 0.5 * max(1, ceil(size / _UNIT_BYTES))


def _size(item: dict[str, Any]) -> int:
    """Names and values; the types and quotes that JSON adds make it a little too large, never too small."""
    return len(json.dumps(item).encode())
