"""Makes moto's DynamoDB cheaper: half of what a test costs is spent on walking through every value by its AWS shape.

What DynamoDB is asked and answers is JSON already, so it is read and written as such. A transaction keeps a copy of
each table that it touches, to put it back when it fails; a copy of what the table holds is enough, since the portal's
transactions put whole records in their places and change none where it stands.
"""

from __future__ import annotations

import copy
import json
from collections import defaultdict
from typing import Any

from moto.core.responses import ActionContext, ActionResult
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler, DynamoResult

_ABOUT_RECORDS = {"GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "BatchGetItem", "BatchWriteItem"}
_JSON = {"Content-Type": "application/x-amz-json-1.0"}


def lighten() -> None:
    DynamoResult.execute_result = _written  # type: ignore[method-assign]
    DynamoHandler.parse_parameters = _read  # type: ignore[method-assign]
    Table.__deepcopy__ = _copied  # type: ignore[attr-defined]


def _written(self: DynamoResult, context: ActionContext) -> Any:
    if context.operation_model.name in _ABOUT_RECORDS:
        return 200, dict(_JSON), json.dumps(self.result)
    return ActionResult.execute_result(self, context)


def _read(self: DynamoHandler, request: Any) -> None:
    self.params = json.loads(request.data or b"{}")


def _copied(self: Table, _memo: dict[int, Any]) -> Table:
    made = copy.copy(self)
    made.items = defaultdict(dict)
    for key, held in self.items.items():
        made.items[key] = dict(held) if isinstance(held, dict) else held
    return made
