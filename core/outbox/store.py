from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from core.aws import records
from core.aws.records import Delete, Put, write
from core.errors import Stale
from core.outbox.models import DEAD, RETRY, OutboxEvent
from core.paging import Page

SHARDS = tuple(f"open#{number}" for number in range(4))
"""More than one, so that many writers do not meet in one partition."""


def row_of(event_id: str, at: datetime, event: Mapping[str, Any]) -> OutboxEvent:
    """Unsaved, for the transaction of the change that it tells of."""
    shard = SHARDS[zlib.crc32(event_id.encode()) % len(SHARDS)]
    return OutboxEvent(shard, event_id, at=at, event=dict(event))


def put(rows: Sequence[OutboxEvent]) -> None:
    records.put_unread(rows)


def waiting(shard: str, *, limit: int) -> Sequence[OutboxEvent]:
    """Oldest first; what was written just now is among them."""
    return records.query(OutboxEvent, shard, scope=f"outbox:{shard}", limit=limit, consistent=True).items


def dead(*, cursor: str | None = None, limit: int = records.PAGE_SIZE) -> Page[OutboxEvent]:
    return records.query(OutboxEvent, DEAD, scope="outbox:dead", cursor=cursor, limit=limit, newest_first=True)


def dead_one(event_id: str) -> OutboxEvent:
    """Raises NotFound."""
    return records.get(OutboxEvent, DEAD, event_id, consistent=True)


def remove(rows: Sequence[OutboxEvent]) -> None:
    records.remove_unread(rows)


def keep(row: OutboxEvent, waiting: Sequence[str], error: str, at: datetime) -> None:
    """One that is in no shard yet."""
    row.shard, row.waiting, row.error, row.next_try_at, row.tries = RETRY, list(waiting), error, at, 1
    records.put_unread([row])


def again(row: OutboxEvent, waiting: Sequence[str], error: str, *, shard: str, at: datetime | None) -> None:
    """Puts it where it is tried again, or given up. Another worker may have done so meanwhile: then nothing is done."""
    later = _copy(row, shard)
    later.waiting, later.error, later.next_try_at, later.tries = list(waiting), error, at, row.tries + 1
    with suppress(Stale):
        _move(row, later)


def revive(row: OutboxEvent) -> None:
    """To be told once more to those who have not heard it. Raises Stale when somebody else has moved it."""
    fresh = _copy(row, RETRY)
    fresh.waiting = list(row.waiting)
    _move(row, fresh)


def _copy(row: OutboxEvent, shard: str) -> OutboxEvent:
    return OutboxEvent(shard, row.event_id, at=row.at, event=row.event)


def _move(row: OutboxEvent, to: OutboxEvent) -> None:
    if to.shard == row.shard:
        write(Put(to, OutboxEvent.event_id.exists()), audit=())
    else:
        write(Put(to), Delete(row, OutboxEvent.event_id.exists()), audit=())
