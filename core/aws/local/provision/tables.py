"""Tables, from the records themselves."""

from __future__ import annotations

import os
import time
from typing import Any

from django.conf import settings

from core.aws.local.provision.clients import admin_client
from core.aws.records import BaseRecord, all_records

_STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}


def ensure(endpoint: str) -> list[str]:
    """Returns the names of all tables. Raises RuntimeError for a table whose keys are not its record's."""
    dynamodb = admin_client("dynamodb", endpoint)
    existing = set(_table_names(dynamodb))
    for record in all_records():
        if record.Meta.table_name in existing:
            _bring_up_to_date(dynamodb, record)
        else:
            dynamodb.create_table(**definition(record))
        _ensure_expiry(dynamodb, record)
        _ensure_recovery(dynamodb, record.Meta.table_name)
    return [record.Meta.table_name for record in all_records()]


def definition(record: type[BaseRecord]) -> dict[str, Any]:
    """What CreateTable wants to know."""
    schema = record._get_schema()
    made = {
        "TableName": record.Meta.table_name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": sorted(schema["attribute_definitions"], key=lambda entry: entry["AttributeName"]),
        "KeySchema": _hash_first(schema["key_schema"]),
    }
    indexes = [_index(index) for index in schema["global_secondary_indexes"]]
    made |= {"GlobalSecondaryIndexes": indexes} if indexes else {}
    return made | ({"StreamSpecification": _STREAM} if _is_streamed(record) else {})


def _is_streamed(record: type[BaseRecord]) -> bool:
    """Without a bus nobody reads the stream: the worker asks the table itself."""
    return settings.EVENT_BUS == "eventbridge" and getattr(record.Meta, "streamed", False)


def _index(index: Any) -> dict[str, Any]:
    return {
        "IndexName": index["index_name"],
        "KeySchema": _hash_first(index["key_schema"]),
        "Projection": index["projection"],
    }


def _hash_first(keys: list[Any]) -> list[Any]:
    return sorted(keys, key=lambda key: str(key["KeyType"]))


def _bring_up_to_date(dynamodb: Any, record: type[BaseRecord]) -> None:
    wanted = definition(record)
    found = dynamodb.describe_table(TableName=wanted["TableName"])["Table"]
    if _hash_first(found["KeySchema"]) != wanted["KeySchema"]:
        raise RuntimeError(
            f"The table {wanted['TableName']} has other keys than its record, and keys cannot be changed. "
            "Begin anew with `make reset`."
        )
    if "StreamSpecification" in wanted and "StreamSpecification" not in found:
        dynamodb.update_table(TableName=wanted["TableName"], StreamSpecification=_STREAM)
    present = {index["IndexName"] for index in found.get("GlobalSecondaryIndexes", [])}
    for index in wanted.get("GlobalSecondaryIndexes", []):
        if index["IndexName"] not in present:
            _add_index(dynamodb, wanted, index)


def _add_index(dynamodb: Any, wanted: dict[str, Any], index: dict[str, Any]) -> None:
    table = wanted["TableName"]
    dynamodb.update_table(
        TableName=table,
        AttributeDefinitions=wanted["AttributeDefinitions"],
        GlobalSecondaryIndexUpdates=[{"Create": index}],
    )
    while True:  # one index at a time may be in the making
        found = dynamodb.describe_table(TableName=table)["Table"]
        states = {entry["IndexName"]: entry.get("IndexStatus") for entry in found.get("GlobalSecondaryIndexes", [])}
        if states.get(index["IndexName"]) == "ACTIVE":
            return
        time.sleep(0.1)


def _ensure_expiry(dynamodb: Any, record: type[BaseRecord]) -> None:
    attribute = record._ttl_attribute()  # type: ignore[no-untyped-call]
    if attribute is None:
        return
    table = record.Meta.table_name
    state = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    if state.get("TimeToLiveStatus") not in {"ENABLED", "ENABLING"}:
        dynamodb.update_time_to_live(
            TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": attribute.attr_name}
        )


def _ensure_recovery(dynamodb: Any, table: str) -> None:
    state = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    if state.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus") != "ENABLED":
        dynamodb.update_continuous_backups(
            TableName=table, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )


def _table_names(dynamodb: Any) -> list[str]:
    pages = dynamodb.get_paginator("list_tables").paginate()
    return [name for page in pages for name in page["TableNames"]]


def variables() -> dict[str, str]:
    """The environment variables that lead to `settings.TABLES`; there the prefix is part of each name."""
    prefix = os.environ.get("DDB_TABLE_PREFIX", "")
    names = {_variable(key): name.removeprefix(prefix) for key, name in settings.TABLES.items()}
    return names | {"DDB_TABLE_PREFIX": prefix}


def _variable(key: str) -> str:
    return "METADATA_TABLE" if key == "metadata" else f"DDB_TABLE_{key.upper()}"
