"""Run by test_stream_live.py within the live portal's place: an outbox of its own with a stream, read as Lambda reads it."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.conf import settings
from django.test import override_settings

from core.aws.local.provision import tables
from core.aws.local.provision.clients import admin_client
from core.events import Event
from core.ids import new_id
from core.outbox import store, stream
from core.outbox.models import OutboxEvent


def run(how_many: int) -> None:
    endpoint = settings.AWS_ENDPOINT_URL
    dynamodb = admin_client("dynamodb", endpoint)
    with override_settings(EVENT_BUS="eventbridge"):
        made = tables.definition(OutboxEvent) | {"TableName": f"outbox-{new_id()}"}
    table = dynamodb.create_table(**made)["TableDescription"]
    told = [Event("content.viewed", "01stream000000000000000", "somebody") for _ in range(how_many)]
    for event in told:
        row = store.row_of(event.event_id, event.at, event.to_json())
        dynamodb.put_item(TableName=table["TableName"], Item=row.to_dynamodb_dict())
    relayed = stream.relay_new(_records(endpoint, table["LatestStreamArn"]))
    dynamodb.delete_table(TableName=table["TableName"])
    sys.stdout.write(f"RELAYED {relayed}\nIDS {json.dumps([event.event_id for event in told])}\n")


def _records(endpoint: str, arn: str) -> list[dict[str, Any]]:
    streams = admin_client("dynamodbstreams", endpoint)
    found: list[dict[str, Any]] = []
    for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
        place = {"StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
        iterator = streams.get_shard_iterator(**place)["ShardIterator"]
        found += streams.get_records(ShardIterator=iterator)["Records"]
    return found
