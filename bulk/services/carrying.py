"""Carrying a job out, a slice at a time: by the page that shows its progress, and by the portal when that was closed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta

from accounts import directory
from accounts.models import AuditEntry
from accounts.person import SYSTEM, Person
from accounts.services.leases import lease
from accounts.store import audit_entry
from bulk import store
from bulk.enums import Outcome, State
from bulk.kinds import Kind, kind_of
from bulk.models import BulkJob, BulkRow
from bulk.services.judging import carry_out
from core import clock
from core.errors import NotFound, Refused, Stale, Unavailable
from core.events import Event, telling

AT_ONCE = 20
SECONDS = 4.0
"""Of one request. A row that was begun is finished, so it may be a little more."""
SWEEP_SECONDS = 25.0
LEFT_ALONE = timedelta(seconds=20)
"""A job that nobody moved on for so long has no page any more that does."""
TOO_OLD = timedelta(days=1)
_TRIES = 3


def own(*, job_id: str, by: Person, fresh: bool = False) -> BulkJob:
    """Hers alone: for others it does not exist. Raises NotFound."""
    job = store.job_by_id(job_id, fresh=fresh)
    if job.started_by != by.user_id:
        raise NotFound()
    return job


def start(*, job_id: str, by: Person) -> BulkJob:
    """Begins it, or goes on after it was stopped. Pressed twice it is begun once. Raises Refused."""
    job = own(job_id=job_id, by=by, fresh=True)
    if job.state in (State.RUNNING, State.DONE):
        return job
    now = clock.now()
    if job.state == State.PREPARED and job.created_at < now - TOO_OLD:
        raise Refused("What you saw here is more than a day old. Choose again, to see how things are now.")
    if not job.to_do:
        raise Refused("There is nothing to change.")
    first = job.begun_at is None
    job.state, job.note = State.RUNNING.value, None
    job.begun_at, job.updated_at = job.begun_at or now, now
    with suppress(Stale):  # the same button, pressed twice
        store.save(job, audit=[_entry("bulk.started" if first else "bulk.resumed", job, by)])
    return store.job_by_id(job_id, fresh=True)


def stop(*, job_id: str, by: Person) -> BulkJob:
    """What was done stays done; it can go on later."""
    for _try in range(_TRIES):
        job = own(job_id=job_id, by=by, fresh=True)
        with suppress(Stale):  # a slice came to its end at this moment
            _stop(job, by)
            break
    return job


def _stop(job: BulkJob, by: Person, note: str | None = None) -> None:
    if job.state == State.RUNNING:
        job.state, job.note, job.updated_at = State.STOPPED.value, note, clock.now()
        store.save(job, audit=[_entry("bulk.stopped", job, by)])


def advance(*, job_id: str, by: Person, seconds: float = SECONDS) -> BulkJob:
    """The next slice, unless somebody is at it: another page of hers, or the portal."""
    job = own(job_id=job_id, by=by, fresh=True)
    if job.state != State.RUNNING:
        return job
    with suppress(Stale), lease(f"bulk:{job_id}"):
        job = store.job_by_id(job_id, fresh=True)
        if job.state == State.RUNNING:
            _do_slice(job, by, time.monotonic() + seconds)
    return store.job_by_id(job_id, fresh=True)


def sweep(now: datetime) -> str:
    """Moves on the jobs whose page was closed, in the name of who began them, with the role that she has now."""
    until = time.monotonic() + SWEEP_SECONDS
    moved = 0
    for job in store.jobs_under_way():
        if job.updated_at > now - LEFT_ALONE:
            continue
        moved += 1
        _finish(job, until)
    return f"{moved} moved on"


def _finish(job: BulkJob, until: float) -> None:
    person = _who_began(job)
    if person is None:
        _stop(job, SYSTEM, "The account of whoever began it is disabled, so it was not gone on with.")
        return
    while job.state == State.RUNNING and time.monotonic() < until:
        before = int(job.next_row)
        job = advance(job_id=job.job_id, by=person)
        if int(job.next_row) == before:
            return


def _who_began(job: BulkJob) -> Person | None:
    try:
        found = directory.colleague(job.started_by)
    except NotFound:
        return None
    return found.person if found.user.enabled else None


def _do_slice(job: BulkJob, by: Person, until: float) -> None:
    """A store that does not answer ends the slice: the rows that are left have their turn with the next one."""
    begin = int(job.next_row)
    rows = store.rows_from(job.job_id, begin, AT_ONCE)
    kind = kind_of(job.kind)
    told: list[str] = []
    try:
        things = kind.read(by, [row.ref for row in rows if row.outcome == Outcome.WAITING])
        for row in rows:
            if told and time.monotonic() > until:
                break
            told.append(_do_row(job, kind, row, things.get(row.ref), by))
    except Unavailable:
        if not told:
            raise
    finally:
        _note_progress(job.job_id, begin, rows[: len(told)], told, by)


def _do_row(job: BulkJob, kind: Kind, row: BulkRow, thing: object, by: Person) -> str:
    """Its outcome; empty for one that was counted when the job was made."""
    if row.outcome in (Outcome.SAME, Outcome.REFUSED) and not row.told:
        return ""
    if row.outcome != Outcome.WAITING:  # by a slice that did not come to its end
        return str(row.outcome)
    wanted = job.wanted if row.wanted is None else row.wanted
    verdict = carry_out(kind, row.ref, thing, wanted, by)
    row.outcome, row.why, row.told = verdict.outcome.value, verdict.why, True
    row.changes = [asdict(change) for change in verdict.changes]
    store.save_row(row)
    return str(row.outcome)


def _note_progress(job_id: str, begin: int, rows: Sequence[BulkRow], told: Sequence[str], by: Person) -> None:
    """She may have stopped it meanwhile: what was done is counted all the same."""
    for _try in range(_TRIES):
        job = store.job_by_id(job_id, fresh=True)
        if int(job.next_row) != begin:
            return
        counts = Counter(job.counts)
        counts.update(outcome for outcome in told if outcome)
        job.counts, job.next_row, job.updated_at = dict(counts), begin + len(rows), clock.now()
        audit, events = [], []
        if job.state == State.RUNNING and int(job.next_row) >= int(job.total):
            job.state, job.finished_at = State.DONE.value, job.updated_at
            audit, events = [_entry("bulk.finished", job, by)], [_finished(job)]
        with suppress(Stale), telling(*events):
            store.save(job, audit=audit)
            return


def _finished(job: BulkJob) -> Event:
    changed = sum(int(job.counts.get(outcome, 0)) for outcome in (Outcome.DONE, Outcome.PARTLY))
    refused = int(job.counts.get(Outcome.REFUSED, 0))
    return Event("bulk.finished", job.job_id, job.started_by, {"changed": changed, "others": refused})


def _entry(action: str, job: BulkJob, by: Person) -> AuditEntry:
    changes = {"kind": {"after": job.kind}, "action": {"after": job.action}, "rows": {"after": int(job.to_do)}}
    if job.counts:
        changes["outcomes"] = {"after": dict(job.counts)}
    return audit_entry(by=by, action=action, object_type="bulk", object_id=job.job_id, changes=changes)
