"""Access patterns of bulk jobs, each one request of a key or an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accounts.models import AuditEntry
from bulk.enums import Outcome, State
from bulk.models import BulkJob, BulkRow
from core import clock
from core.aws.records import Put, find, put_unread, query, write
from core.errors import NotFound
from core.paging import Page

JOB = "job"
_ROW = "row#"
_MANY = 100


def job_by_id(job_id: str, *, fresh: bool = False) -> BulkJob:
    """Raises NotFound, too, for one whose time is over and that was not swept away yet."""
    job = find(BulkJob, job_id, JOB, consistent=fresh)
    if job is None or job.ttl <= clock.now():
        raise NotFound()
    return job


def jobs_of(user_id: str, *, cursor: str | None = None, limit: int = 20) -> Page[BulkJob]:
    """Newest first."""
    return query(BulkJob.by_person, user_id, scope=f"bulk:{user_id}", cursor=cursor, limit=limit, newest_first=True)


def jobs_under_way(limit: int = 20) -> Sequence[BulkJob]:
    """Longest untouched first."""
    return query(BulkJob.by_state, State.RUNNING.value, scope="bulk:running", limit=limit).items


def part_of(place: int) -> str:
    return f"{_ROW}{place:06d}"


def rows_of(
    job_id: str, *, outcome: Outcome | None = None, cursor: str | None = None, limit: int = 50
) -> Page[BulkRow]:
    """In their order; with an outcome, those alone."""
    return query(
        BulkRow,
        job_id,
        scope=f"bulk-rows:{job_id}:{outcome or ''}",
        cursor=cursor,
        limit=limit,
        range_condition=BulkRow.part.startswith(_ROW),
        filter_condition=BulkRow.outcome == outcome.value if outcome else None,
    )


def rows_from(job_id: str, place: int, limit: int) -> Sequence[BulkRow]:
    """From this place on, as they are at this moment."""
    beyond = BulkRow.part.between(part_of(place), f"{_ROW}~")
    return query(
        BulkRow, job_id, scope=f"bulk-next:{job_id}", limit=limit, range_condition=beyond, consistent=True
    ).items


def every_row(job_id: str) -> Iterator[BulkRow]:
    cursor = None
    while True:
        page = rows_of(job_id, cursor=cursor, limit=_MANY)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def create(job: BulkJob, rows: Sequence[BulkRow], *, audit: Sequence[AuditEntry]) -> None:
    """The rows first: nobody reads those of a job that is not there."""
    put_unread(rows)
    write(Put(job), audit=audit)


def save(job: BulkJob, *, audit: Sequence[AuditEntry]) -> None:
    """Raises Stale when it was moved on, or stopped, meanwhile."""
    write(Put(job), audit=audit)


def save_row(row: BulkRow) -> None:
    """What became of it, once. What was done is audited where it was done. Raises Stale when it was told already."""
    write(Put(row, BulkRow.outcome == Outcome.WAITING.value), audit=())
