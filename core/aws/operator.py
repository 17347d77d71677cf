"""What a command does with an operator's own rights: whole tables, whole buckets, the whole user pool.

No request ever comes here. The portal's key is not enough for any of it: IAM denies it to scan (`core.aws.policy`), and
`operator_document` there says what an operator's role has instead. Only `portal/backup` imports this.
"""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection
from django.conf import settings

from core.aws.errors import code_of
from core.aws.local.environment import read_env
from core.errors import Invalid, NotFound, PortalError, Refused, Unavailable

T = TypeVar("T")
Item = dict[str, Any]
"""A record as DynamoDB writes it: each attribute with its type."""

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0)
"""Seconds between tries, two minutes and a half in all, give or take a half of each."""
AT_ONCE = 25
"""Items that DynamoDB takes in one BatchWriteItem."""
_TRY_LATER = {
    "InternalServerError",
    "InternalErrorException",
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "ServiceUnavailable",
    "SlowDown",
    "503",
    "ThrottlingException",
    "Throttling",
    "TooManyRequestsException",
}
_NOT_ALLOWED = {"AccessDenied", "AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException"}
_NOT_THERE = {"NoSuchKey", "NoSuchVersion", "404", "UserNotFoundException", "ResourceNotFoundException"}


def ask(service: str, operation: str, **wanted: Any) -> dict[str, Any]:
    """One call, repeated with growing pauses while the service asks for patience.

    Raises Unavailable when it does so for too long, Refused when these rights are not enough, NotFound, and Invalid
    with what the service says of anything else.
    """
    return patiently(lambda: _call(service, operation, wanted))


def patiently(attempt: Callable[[], T]) -> T:
    for pause in (*PAUSES, None):
        try:
            return attempt()
        except (ClientError, NoConnection, HTTPClientError) as error:
            if isinstance(error, ClientError) and code_of(error) not in _TRY_LATER:
                raise _ours(error) from error
            if pause is None:
                raise Unavailable(
                    "The cloud asks for patience for too long. Nothing is lost: give the same command again later, "
                    "and it goes on where it stopped."
                ) from error
            wait(pause * random.uniform(0.5, 1.5))  # noqa: S311  (spreads, hides nothing)
        except BotoCoreError as error:
            raise Refused(f"There is no way into the cloud: {error}") from error
    raise AssertionError("every way out is above")


def wait(seconds: float) -> None:
    """Apart, so that tests need not."""
    time.sleep(seconds)


def scan(table: str, *, segment: int, of: int, after: Item | None = None) -> tuple[list[Item], Item | None]:
    """One page of one segment, and where the next begins."""
    place = {"ExclusiveStartKey": after} if after else {}
    found = ask("dynamodb", "scan", TableName=table, Segment=segment, TotalSegments=of, ConsistentRead=True, **place)
    return found["Items"], found.get("LastEvaluatedKey")


def whole(table: str) -> Iterator[Item]:
    after = None
    while True:
        items, after = scan(table, segment=0, of=1, after=after)
        yield from items
        if after is None:
            return


def is_empty(table: str) -> bool:
    return not ask("dynamodb", "scan", TableName=table, Limit=1, ConsistentRead=True)["Items"]


def put(table: str, items: Sequence[Item]) -> None:
    """At most `AT_ONCE`. Puts them over what is there, so it can be repeated."""
    _change(table, [{"PutRequest": {"Item": item}} for item in items])


def remove(table: str, keys: Sequence[Item]) -> None:
    """At most `AT_ONCE`; those that are gone already do no harm."""
    _change(table, [{"DeleteRequest": {"Key": key}} for key in keys])


def _change(table: str, requests: Sequence[Mapping[str, Any]]) -> None:
    left: dict[str, Any] = {table: list(requests)}
    for pause in (*PAUSES, None):
        left = ask("dynamodb", "batch_write_item", RequestItems=left).get("UnprocessedItems") or {}
        if not left:
            return
        if pause is None:
            raise Unavailable("The tables take nothing more just now. Give the same command again later.")
        wait(pause)


def versions(bucket: str, *, key: str = "") -> Iterator[list[dict[str, Any]]]:
    """Pages of all object versions, by key and newest first, without those under other keys when there is one.

    Of what was deleted only the marker is given that hides the object now, as `{"Key", "Deleted"}`.
    """
    place: dict[str, str] = {}
    while True:
        found = ask("s3", "list_object_versions", Bucket=bucket, Prefix=key, **place)
        marks = [
            {"Key": mark["Key"], "VersionId": mark["VersionId"], "Deleted": True}
            for mark in found.get("DeleteMarkers", ())
            if mark["IsLatest"]
        ]
        yield [one for one in (*marks, *found.get("Versions", ())) if not key or one["Key"] == key]
        if not found.get("IsTruncated"):
            return
        place = {"KeyMarker": found["NextKeyMarker"], "VersionIdMarker": found["NextVersionIdMarker"]}


def fetch(bucket: str, key: str, version: str, take: Callable[[bytes], object]) -> Mapping[str, Any]:
    """Hands over the bytes of one version as they come; what is said of them comes back. Raises NotFound."""
    found = ask("s3", "get_object", Bucket=bucket, Key=key, VersionId=version)
    for chunk in found["Body"].iter_chunks(1024 * 1024):
        take(chunk)
    return found


def _call(service: str, operation: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    body = wanted.get("Body")
    with suppress(AttributeError):
        body.seek(0)  # type: ignore[union-attr]  # a second try sends it from its beginning
    answer: dict[str, Any] = getattr(client(service), operation)(**wanted)
    return answer


def _ours(error: ClientError) -> PortalError:
    code = code_of(error)
    if code in _NOT_THERE:
        return NotFound("This is not there any more.")
    if code in _NOT_ALLOWED:
        return Refused(
            f"These rights are not enough ({error.operation_name}). Exports and restores are an operator's: give the "
            "command the rights of an operator, as docs/backup.md says."
        )
    said = error.response.get("Error", {}).get("Message", code)
    return Invalid(f"{error.operation_name} was not accepted: {said}")


@functools.cache
def client(service: str) -> Any:
    """With the operator's key, where one is set, else whatever the standard chain of AWS finds."""
    options: dict[str, Any] = {"connect_timeout": 5, "read_timeout": 120, "retries": {"mode": "standard"}}
    if service == "s3":
        options |= {"s3": {"addressing_style": "path"}, "signature_version": "s3v4", "max_pool_connections": 20}
    return _session().create_client(service, config=Config(**options), **_key())


def forget() -> None:
    """For tests, whose cloud is another one each time."""
    client.cache_clear()
    _session.cache_clear()


@functools.cache
def _session() -> botocore.session.Session:
    session = botocore.session.get_session()
    session.set_config_variable("region", settings.AWS_REGION)
    return session


def _key() -> dict[str, Any]:
    """Locally provisioning has made one; the running portal never reads that file."""
    local = read_env(settings.LOCAL_DIR / "operator.env") if settings.PORTAL_LOCAL else {}
    if not local:
        return {}
    return {"aws_access_key_id": local["AWS_ACCESS_KEY_ID"], "aws_secret_access_key": local["AWS_SECRET_ACCESS_KEY"]}
