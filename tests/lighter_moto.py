"""Makes moto's DynamoDB cheaper: most of what a test costs is spent on the way there and back, and on AWS's shapes.

What DynamoDB is asked and answers is JSON already, so it is read and written as such. What goes well is answered at once,
without being signed, sent and read again; what is refused takes the whole way. A transaction keeps a
copy of each table that it touches, to put it back when it fails; a copy of what the table holds is enough, since the
portal's transactions put whole records in their places and change none where it stands.
"""

from __future__ import annotations

import copy
import functools
import json
from base64 import b64decode
from collections import defaultdict
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from botocore.handlers import BUILTIN_HANDLERS
from botocore.model import OperationModel
from joserfc import jwk
from moto.cognitoidp import models as cognito_models
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.models import botocore_stubber
from moto.core.responses import ActionContext, ActionResult
from moto.core.utils import camelcase_to_underscores
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler, DynamoResult

_ABOUT_RECORDS = {"GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "BatchGetItem", "BatchWriteItem"}
_AT_ONCE = _ABOUT_RECORDS | {"Scan", "TransactWriteItems", "TransactGetItems"}
_JSON = {"Content-Type": "application/x-amz-json-1.0"}


def lighten() -> None:
    DynamoResult.execute_result = _written  # type: ignore[method-assign]
    DynamoHandler.parse_parameters = _read  # type: ignore[method-assign]
    Table.__deepcopy__ = _copied  # type: ignore[attr-defined]
    # Every user pool of moto's has the same key, and reading it takes longer than most tests.
    keys = SimpleNamespace(import_key=lambda read: _pool_key(json.dumps(read)))
    cognito_models.jwk = SimpleNamespace(RSAKey=keys)  # type: ignore[assignment]
    BUILTIN_HANDLERS.append(("before-call.dynamodb", _answered_at_once))


@functools.cache
def _pool_key(text: str) -> Any:
    return jwk.RSAKey.import_key(json.loads(text))


def _answered_at_once(model: OperationModel, params: dict[str, Any], **_rest: Any) -> tuple[Any, dict[str, Any]] | None:
    """None leads on to the whole way, which comes to the same where something is refused: nothing was changed then."""
    host = urlsplit(params["url"]).hostname or ""
    if not botocore_stubber.enabled or model.name not in _AT_ONCE or not host.endswith(".amazonaws.com"):
        return None
    handler = DynamoHandler()
    handler.params = handler.body = json.loads(params["body"])  # type: ignore[attr-defined]
    handler.current_account, handler.region = DEFAULT_ACCOUNT_ID, host.split(".")[1]
    try:
        found = getattr(handler, camelcase_to_underscores(model.name))().result
    except Exception:  # noqa: BLE001  (said again on the whole way, in AWS's words)
        return None
    said = json.loads(json.dumps(found), object_hook=_with_bytes)
    head = {"HTTPStatusCode": 200, "HTTPHeaders": dict(_JSON), "RetryAttempts": 0, "RequestId": "at-once"}
    return SimpleNamespace(status_code=200, headers=dict(_JSON)), said | {"ResponseMetadata": head}


def _with_bytes(value: dict[str, Any]) -> dict[str, Any]:
    """A value of DynamoDB's that is bytes: what a map calls “B” is a value itself, never a text."""
    if isinstance(text := value.get("B"), str):
        return {"B": b64decode(text)}
    if isinstance(texts := value.get("BS"), list) and all(isinstance(text, str) for text in texts):
        return {"BS": [b64decode(text) for text in texts]}
    return value


def _written(self: DynamoResult, context: ActionContext) -> Any:
    if context.operation_model.name in _ABOUT_RECORDS:
        return 200, dict(_JSON), json.dumps(self.result)
    return ActionResult.execute_result(self, context)


def _read(self: DynamoHandler, request: Any) -> None:
    self.params = json.loads(request.data or b"{}")


def _copied(self: Table, _memo: dict[int, Any]) -> Table:
    made = copy.copy(self)
    made.items = held(self.items)
    return made


def held(items: Mapping[str, Any]) -> defaultdict[str, Any]:
    """What a table holds, to be put back: the records themselves are the same."""
    found: defaultdict[str, Any] = defaultdict(dict)
    for key, value in items.items():
        found[key] = dict(value) if isinstance(value, dict) else value
    return found
