"""What every DynamoDB record has in common, and the few ways in which stores read and write them.

Stores use these functions and nothing else of PynamoDB's, so that a failure is translated once, a read can be
counted, and no write goes without its audit entry: `write` has no default for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from pynamodb.attributes import (
    Attribute,
    ListAttribute,
    MapAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)
from pynamodb.connection.table import TableConnection
from pynamodb.constants import MAP, NUMBER
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from core import context
from core.aws import clients
from core.aws.alongside import Along
from core.aws.errors import translated
from core.errors import NotFound
from core.paging import Page, seal, unseal

PAGE_SIZE = 20
FILTERED_AT_ONCE = 500
"""Records that a filter is tried on in one request: by the page, a rare one would need a request for every few."""
LONGEST_KEY, LONGEST_NUMBER = 1024, 38
"""Bytes of a range key (a hash key may have more, and none of ours does), and digits of a number."""


class TableMeta:
    """Options of every table; a record's own `Meta` adds `table_name = table("…")`."""

    region = settings.AWS_REGION
    billing_mode = "PAY_PER_REQUEST"


class IndexMeta:
    projection = AllProjection()
    billing_mode = "PAY_PER_REQUEST"


def table(name: str) -> str:
    """The configured name of a table, for example `table("content")` (see `settings.TABLES`)."""
    return str(settings.TABLES[name])


class IntegerAttribute(Attribute[int]):
    """A whole number; PynamoDB's own number attribute may come back as a float."""

    attr_type = NUMBER

    def serialize(self, value: int) -> str:
        return str(int(value))

    def deserialize(self, value: str) -> int:
        return int(value)


class AnyMapAttribute(Attribute[dict[str, Any]]):
    """A Map of whatever JSON can hold, as plain dicts and lists."""

    attr_type = MAP

    def serialize(self, value: dict[str, Any]) -> Any:
        return MapAttribute().serialize(value)

    def deserialize(self, value: Any) -> dict[str, Any]:
        return dict(MapAttribute().deserialize(value))


def texts() -> ListAttribute[str]:
    """An attribute that is a list of strings; PynamoDB's own signature cannot say so."""
    return ListAttribute(of=UnicodeAttribute, default=list)  # type: ignore[arg-type]


class BaseRecord(Model):
    """Abstract. All records share one botocore client: PynamoDB's own would cost 100 ms and 10 MB a table."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        table_connection = super()._get_connection()
        connection = table_connection.connection
        shared = clients.client("dynamodb")
        if connection._client is not shared:
            connection._client = shared
        return table_connection


class Record(BaseRecord):
    """Abstract. A record that people change: `rev` makes the loser of a race a `Stale`, never a silent overwrite."""

    created_at = UTCDateTimeAttribute()
    updated_at = UTCDateTimeAttribute()
    rev = VersionAttribute()


R = TypeVar("R", bound=BaseRecord)


@dataclass(frozen=True)
class Put:
    """Saves a record; with a version attribute, only if nobody changed it since it was read (or made it meanwhile)."""

    record: BaseRecord
    condition: Condition | None = None


@dataclass(frozen=True)
class Delete:
    record: BaseRecord
    condition: Condition | None = None


@dataclass(frozen=True)
class Check:
    """Writes nothing; the transaction that it stands in is a `Stale` unless the record is so."""

    record: BaseRecord
    condition: Condition


def get(model: type[R], hash_key: Any, range_key: Any = None, *, consistent: bool = False) -> R:
    """Raises NotFound."""
    if not can_be_key(hash_key) or not can_be_key(range_key):
        raise NotFound
    with translated():
        return model.get(hash_key, range_key, consistent_read=consistent)


def find(model: type[R], hash_key: Any, range_key: Any = None, *, consistent: bool = False) -> R | None:
    try:
        return get(model, hash_key, range_key, consistent=consistent)
    except NotFound:
        return None


def get_many(model: type[R], keys: Iterable[Any], *, only: Sequence[str] | None = None) -> list[R]:
    """One BatchGetItem per 100 keys, in no particular order; missing ones are left out.

    With `only` these attributes and no others are read: such a record is for looking at, never for saving.
    """
    wanted = [key for key in dict.fromkeys(keys) if all(map(can_be_key, key if isinstance(key, tuple) else (key,)))]
    if not wanted:
        return []
    with translated():
        return list(model.batch_get(wanted, attributes_to_get=list(only) if only else None))


def can_be_key(value: Any) -> bool:
    """Keys come from address lines, too. One that DynamoDB could not hold it refuses to look for: it is not there."""
    if isinstance(value, str):
        return bool(value) and len(value.encode("utf-8", "replace")) <= LONGEST_KEY
    return not isinstance(value, int) or abs(value) < 10**LONGEST_NUMBER


def query(
    source: type[R] | GlobalSecondaryIndex[R],
    hash_key: Any,
    *,
    scope: str,
    cursor: str | None = None,
    limit: int = PAGE_SIZE,
    newest_first: bool = False,
    range_condition: Condition | None = None,
    filter_condition: Condition | None = None,
    consistent: bool = False,
) -> Page[R]:
    """One page of a table or an index. `scope` names the list and whom it is for, and binds the cursor to both."""
    with translated():
        results = source.query(
            hash_key,
            range_condition,
            filter_condition,
            consistent_read=consistent,
            scan_index_forward=not newest_first,
            limit=limit,
            page_size=FILTERED_AT_ONCE if filter_condition is not None else None,
            last_evaluated_key=unseal(scope, cursor),
        )
        items = list(results)
        return Page(items, seal(scope, results.last_evaluated_key))


def write(*changes: Put | Delete | Check, audit: Sequence[BaseRecord]) -> None:
    """Makes the changes and their audit entries in one transaction: all of it, or a `Stale` and none of it.

    In a visit that is read-only nothing is written but what belongs to the visit itself (`Meta.of_the_visit`).

    A single write that nothing else belongs to is made plainly: a transaction would cost double.
    """
    if not changes and not audit:
        return
    if changes and context.read_only.get() and not getattr(changes[0].record.Meta, "of_the_visit", False):
        return
    along = Along.everything()
    added = [*audit, *(row for one in along for row in one.rows)]
    with translated():
        if len(changes) == 1 and not added and not isinstance(changes[0], Check):
            _write_one(changes[0])
        else:
            _write_together(changes, added)
    for one in along:
        one.is_written = True


def _write_together(changes: Sequence[Put | Delete | Check], added: Sequence[BaseRecord]) -> None:
    first = changes[0].record if changes else added[0]
    with TransactWrite(connection=first._get_connection().connection) as transaction:
        for change in changes:
            if isinstance(change, Put):
                transaction.save(change.record, condition=change.condition)
            elif isinstance(change, Check):
                _check(transaction, change)
            else:
                transaction.delete(change.record, condition=change.condition)
        for record in added:
            transaction.save(record, condition=_is_new(record))


def put_unread(records: Sequence[BaseRecord]) -> None:
    """Many records of one table that nobody reads yet: not together, without conditions, and harmless to repeat.

    What makes them be read is written afterwards, with `write` and its audit entry.
    """
    if records:
        with translated(), type(records[0]).batch_write() as batch:
            for record in records:
                batch.save(record)


def remove_unread(records: Sequence[BaseRecord]) -> None:
    """Many records of one table that nobody needs any more: not together, and harmless to repeat."""
    if records:
        with translated(), type(records[0]).batch_write() as batch:
            for record in records:
                batch.delete(record)


def _check(transaction: TransactWrite, check: Check) -> None:
    record = check.record
    hash_key, range_key = (name and getattr(record, name) for name in (record._hash_keyname, record._range_keyname))
    transaction.condition_check(type(record), hash_key, range_key, condition=check.condition)


def _write_one(change: Put | Delete) -> None:
    if isinstance(change, Put):
        change.record.save(change.condition)
    else:
        change.record.delete(change.condition)


def _is_new(entry: BaseRecord) -> Condition:
    """What was said once is never overwritten."""
    condition: Condition = type(entry)._hash_key_attribute().does_not_exist()  # type: ignore[no-untyped-call]
    return condition


def all_records() -> list[type[BaseRecord]]:
    """The record class of every table that is loaded, for provisioning and the house rules.

    A class that keeps rows of another shape in a table says `shares_table = True` in its `Meta`. What holds for the
    moment alone no export takes along: whole tables are `transient = True`, of others the rows whose range key begins
    with one of `transient_rows`. `derived = True` is what jobs make by themselves of other records. `streamed = True`
    is what a function is told the changes of.
    """
    found: list[type[BaseRecord]] = []
    pending: list[type[BaseRecord]] = [BaseRecord]
    while pending:
        for subclass in pending.pop().__subclasses__():
            pending.append(subclass)
            meta = getattr(subclass, "Meta", None)
            if getattr(meta, "table_name", None) and not getattr(meta, "shares_table", False):
                found.append(subclass)
    return sorted(found, key=lambda record: record.Meta.table_name)
