"""From what was chosen, or written in a file, to a job whose rows say what would become of each. Nothing is done yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from accounts.person import Person
from bulk import store
from bulk.enums import Outcome, State
from bulk.kinds import Action, Kind, Wanted
from bulk.models import BulkJob, BulkRow
from bulk.services.judging import Verdict, judge
from core import clock
from core.errors import Invalid
from core.ids import new_id

MOST_ROWS = 1000
KEPT_FOR = timedelta(days=30)
FILE = "file"
"""The action of a job whose rows say themselves what they want."""


@dataclass(frozen=True)
class Asked:
    """A row as it is asked for; with a `problem` it was not even understood."""

    number: int
    ref: str
    wanted: Wanted = field(default_factory=dict)
    text: str = ""
    problem: str = ""


def prepare(*, kind: Kind, action: Action, wanted: Wanted, refs: Iterable[str], by: Person) -> BulkJob:
    """Raises Invalid where nothing, or too much, was chosen."""
    chosen = list(dict.fromkeys(refs))
    check_chosen(chosen)
    asked = [Asked(number, ref, wanted) for number, ref in enumerate(chosen, start=1)]
    return _made(kind, action.name, asked, by, wanted=wanted)


def prepare_file(*, kind: Kind, asked: Sequence[Asked], file_name: str, by: Person) -> BulkJob:
    """Raises Invalid for more rows than a page does."""
    _check_count(len(asked))
    return _made(kind, FILE, asked, by, file_name=file_name)


def verdicts(kind: Kind, asked: Sequence[Asked], by: Person) -> list[Verdict]:
    """What would become of each, in their order; the things are read together."""
    things = kind.read(by, [row.ref for row in asked if row.ref])
    return [
        Verdict(Outcome.REFUSED, why=row.problem) if row.problem else judge(kind, things.get(row.ref), row.wanted, by)
        for row in asked
    ]


def check_chosen(refs: Sequence[str]) -> None:
    """Raises Invalid where nothing, or too much, was chosen."""
    if not refs:
        raise Invalid("Nothing is chosen. Tick what you want to change first.")
    _check_count(len(refs))


def _check_count(count: int) -> None:
    if count > MOST_ROWS:
        raise Invalid("At most 1,000 can be changed at once. Narrow the filters.")


def _made(
    kind: Kind,
    action: str,
    asked: Sequence[Asked],
    by: Person,
    *,
    wanted: Wanted | None = None,
    file_name: str | None = None,
) -> BulkJob:
    now = clock.now()
    job = BulkJob(
        new_id(),
        store.JOB,
        state=State.PREPARED.value,
        kind=kind.name,
        action=action,
        wanted=dict(wanted or {}),
        file_name=file_name,
        started_by=by.user_id,
        total=len(asked),
        created_at=now,
        updated_at=now,
        ttl=now + KEPT_FOR,
    )
    found = verdicts(kind, asked, by)
    rows = [
        _row(job, place, row, verdict, now, own=wanted is None)
        for place, (row, verdict) in enumerate(zip(asked, found, strict=True))
    ]
    counts = Counter(verdict.outcome.value for verdict in found)
    job.to_do = counts.pop(Outcome.WAITING.value, 0)
    job.counts = dict(counts)
    store.create(job, rows, audit=())  # a look at what would be changes nothing
    return job


def _row(job: BulkJob, place: int, asked: Asked, verdict: Verdict, now: datetime, *, own: bool) -> BulkRow:
    return BulkRow(
        job.job_id,
        store.part_of(place),
        number=asked.number,
        ref=asked.ref,
        text=asked.text,
        wanted=dict(asked.wanted) if own else None,
        outcome=verdict.outcome.value,
        why=verdict.why,
        changes=[asdict(change) for change in verdict.changes],
        ttl=now + KEPT_FOR,
    )
