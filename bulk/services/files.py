"""Bulk work by a file: a row for each thing, a column for each change. A row that cannot be done stops no other, and the
same file once more changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from accounts.models import AuditEntry
from accounts.person import Person
from accounts.store import audit_entry, save_audit
from bulk.enums import Outcome
from bulk.kinds import Kind, Reader, Wanted
from bulk.services.judging import OF_THE_ROW, Verdict, carry_out
from bulk.services.preparing import FILE, Asked, verdicts
from core import sheets
from core.errors import Invalid
from core.ids import new_id

_AT_ONCE = 100
Watch = Callable[[Sequence[sheets.Row]], Iterable[sheets.Row]]


@dataclass(frozen=True)
class Answer:
    """What became, or would become, of the row in this line."""

    number: int
    text: str
    verdict: Verdict


def asked_of(kind: Kind, data: bytes, by: Person, *, most: int = sheets.MAX_ROWS, watch: Watch = iter) -> list[Asked]:
    """Raises Invalid for a file that cannot be read as a whole; what is wrong in one row stands in that row.

    `watch` is given the rows, and gives them on: finding what each names takes a while in a long file.
    """
    readers = kind.columns(by)
    rows = list(islice(sheets.rows(data, columns=[kind.column], optional=list(readers)), most + 1))
    if not rows:
        raise Invalid("The file has no rows below its heading.")
    if len(rows) > most:
        raise Invalid(f"A file can have {most:,} rows here. For longer ones there is `manage.py bulk_edit`.")
    if not set(rows[0].values).intersection(readers):
        raise Invalid(f"No column says what to change. Name at least one of {', '.join(readers)}.")
    first: dict[str, int] = {}
    return [_asked(kind, row, readers, first, by) for row in watch(rows)]


def answers(kind: Kind, asked: Sequence[Asked], *, by: Person, dry_run: bool) -> Iterator[Answer]:
    """In the order of the file; what is done is done as they are read."""
    left = iter(asked)
    while some := list(islice(left, _AT_ONCE)):
        found = verdicts(kind, some, by) if dry_run else _done(kind, some, by)
        yield from (Answer(row.number, row.text, verdict) for row, verdict in zip(some, found, strict=True))


def note(action: str, kind: Kind, job_id: str, by: Person, **facts: object) -> None:
    """To the audit log: that a file was begun, or finished. Each row that is changed has an entry of its own."""
    changes = {"kind": {"after": kind.name}, "action": {"after": FILE}} | {k: {"after": v} for k, v in facts.items()}
    entry: AuditEntry = audit_entry(by=by, action=action, object_type="bulk", object_id=job_id, changes=changes)
    save_audit(entry)


def carry_out_file(kind: Kind, asked: Sequence[Asked], *, by: Person) -> Iterator[Answer]:
    """All of it now, without a job to come back to."""
    job_id, counts = new_id(), dict.fromkeys(Outcome, 0)
    note("bulk.started", kind, job_id, by, rows=len(asked))
    try:
        for answer in answers(kind, asked, by=by, dry_run=False):
            counts[answer.verdict.outcome] += 1
            yield answer
    finally:
        told = {outcome.value: count for outcome, count in counts.items() if count}
        note("bulk.finished" if sum(told.values()) == len(asked) else "bulk.stopped", kind, job_id, by, outcomes=told)


def _done(kind: Kind, asked: Iterable[Asked], by: Person) -> Iterator[Verdict]:
    rows = list(asked)
    things = kind.read(by, [row.ref for row in rows if not row.problem])
    for row in rows:
        if row.problem:
            yield Verdict(Outcome.REFUSED, why=row.problem)
        else:
            yield carry_out(kind, row.ref, things.get(row.ref), row.wanted, by)


def _asked(kind: Kind, row: sheets.Row, readers: Mapping[str, Reader], first: dict[str, int], by: Person) -> Asked:
    text, ref = row.values[kind.column], ""
    try:
        ref = kind.find(by, text)
        wanted = _wanted(row, readers)
    except OF_THE_ROW as error:
        return Asked(row.number, ref, {}, text, error.message)
    line = first.setdefault(ref, row.number)
    if line != row.number:
        return Asked(row.number, "", {}, text, f"The same stands in line {line}.")
    return Asked(row.number, ref, wanted, text)


def _wanted(row: sheets.Row, readers: Mapping[str, Reader]) -> Wanted:
    wanted: dict[str, object] = {}
    for name, reader in readers.items():
        if cell := row.values.get(name, ""):
            wanted |= reader(cell)
    return wanted
