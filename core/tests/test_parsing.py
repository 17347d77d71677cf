"""Our parser of DynamoDB's answers gives what botocore's own gives."""

from __future__ import annotations

import json
from typing import Any

import botocore.session
import pytest
from botocore.parsers import ResponseParserFactory

from core.aws.parsing import Factory

ITEM = {
    "content_id": {"S": "a"},
    "rev": {"N": "3"},
    "ever_approved": {"BOOL": False},
    "expire_at": {"NULL": True},
    "tags": {"L": [{"S": "price"}, {"M": {"key": {"S": "“value”"}}}, {"L": []}]},
    "names": {"SS": ["a", "b"]},
    "numbers": {"NS": ["1", "2.5"]},
    "empty": {"M": {}},
}
PICTURE = {"content_id": {"S": "b"}, "picture": {"B": "aGVsbG8="}, "pictures": {"L": [{"BS": ["aGVsbG8="]}]}}
CAPACITY = {"TableName": "content", "CapacityUnits": 1.5}


def parsed(operation: str, body: Any, factory: ResponseParserFactory, status: int = 200) -> Any:
    model = botocore.session.get_session().get_service_model("dynamodb").operation_model(operation)
    headers = {"x-amzn-RequestId": "r1", "Content-Type": "application/x-amz-json-1.0"}
    response = {"status_code": status, "headers": headers, "body": json.dumps(body).encode()}
    return factory.create_parser("json").parse(response, model.output_shape)


@pytest.mark.parametrize("item", [ITEM, PICTURE, {}], ids=["plain", "binary", "empty"])
@pytest.mark.parametrize(
    ("operation", "around"),
    [
        ("GetItem", lambda item: {"Item": item, "ConsumedCapacity": CAPACITY}),
        ("Query", lambda item: {"Items": [item, item], "Count": 2, "ScannedCount": 2, "LastEvaluatedKey": item}),
        (
            "BatchGetItem",
            lambda item: {"Responses": {"content": [item]}, "UnprocessedKeys": {"content": {"Keys": [item]}}},
        ),
        ("UpdateItem", lambda item: {"Attributes": item}),
        ("TransactGetItems", lambda item: {"Responses": [{"Item": item}, {}], "ConsumedCapacity": [CAPACITY]}),
    ],
)
def test_an_answer_is_read_as_botocore_reads_it(operation: str, around: Any, item: Any) -> None:
    body = around(item)
    assert parsed(operation, body, Factory()) == parsed(operation, body, ResponseParserFactory())


def test_binary_values_come_as_bytes() -> None:
    assert parsed("GetItem", {"Item": PICTURE}, Factory())["Item"]["picture"] == {"B": b"hello"}


def test_an_error_is_read_as_botocore_reads_it() -> None:
    body = {"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException", "Message": "no", "Item": ITEM}
    ours, stock = (parsed("TransactWriteItems", body, factory(), 400) for factory in (Factory, ResponseParserFactory))
    assert ours == stock
    assert ours["Error"]["Code"] == "TransactionCanceledException"


@pytest.mark.parametrize("protocol", ["rest-xml", "query", "rest-json"])
def test_other_services_keep_botocores_parser(protocol: str) -> None:
    assert type(Factory().create_parser(protocol)) is type(ResponseParserFactory().create_parser(protocol))
