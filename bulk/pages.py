"""A job as its page shows it: what would be, how far it has come, what became of each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import trail
from accounts.person import Person
from accounts.store import names_of
from bulk import store
from bulk.enums import OUTCOMES, PLANNED, STATES, Outcome, State, Told
from bulk.kinds import Kind, Words, kind_of
from bulk.models import BulkJob, BulkRow
from bulk.services.preparing import FILE
from core import sheets
from metadata.store import by_id

FIELDS: Mapping[str, Words] = {
    "tags": _("Tags"),
    "product_suite": _("Suite"),
    "product": _("Product"),
    "product_concept": _("Moment"),
    "badge": _("Badge"),
    "owner": _("Owner"),
}
_NO_OPTIONS = frozenset({"owner", "status", "version", "ready"})
_COLUMNS = ("line", "name", "id", "outcome", "why", "changes")


@dataclass(frozen=True)
class ShownChange:
    label: Words
    before: str
    after: str
    added: Sequence[str] = ()
    removed: Sequence[str] = ()


@dataclass(frozen=True)
class ShownRow:
    number: int
    title: str
    url: str
    told: Told
    why: str
    changes: Sequence[ShownChange]


@dataclass(frozen=True)
class JobPage:
    """`counts` are (outcome, what it is called, how many), `done` how many rows of those to do are done."""

    job: BulkJob
    kind: Kind
    label: Words
    state: Told
    counts: Sequence[tuple[str, Told, int]]
    done: int
    rows: Sequence[ShownRow]
    next_cursor: str | None

    @property
    def is_file(self) -> bool:
        return self.job.action == FILE

    @property
    def percent(self) -> int:
        return 100 * self.done // max(int(self.job.to_do), 1)

    @property
    def changed(self) -> int:
        return sum(count for name, _told, count in self.counts if name in (Outcome.DONE, Outcome.PARTLY))

    @property
    def troubled(self) -> bool:
        return any(name in (Outcome.REFUSED, Outcome.PARTLY) for name, _told, _count in self.counts)

    @property
    def left(self) -> int:
        return int(self.job.to_do) - self.done


def job_page(job: BulkJob, by: Person, *, only: str = "", cursor: str | None = None) -> JobPage:
    """While it is under way without its rows. Else two requests, and one each for titles and names."""
    kind = kind_of(job.kind)
    known = PLANNED if job.state == State.PREPARED else OUTCOMES
    counts = counts_of(job)
    outcome = Outcome(only) if only in set(Outcome) else None
    running = job.state == State.RUNNING
    rows = None if running else store.rows_of(job.job_id, outcome=outcome, cursor=cursor)
    return JobPage(
        job=job,
        kind=kind,
        label=label_of(job),
        state=STATES[job.state],
        counts=[(name, told, counts[name]) for name, told in known.items() if counts.get(name)],
        done=int(job.to_do) - counts.get(Outcome.WAITING.value, 0),
        rows=shown_rows(rows.items, kind, by, known) if rows else (),
        next_cursor=rows.next_cursor if rows else None,
    )


def counts_of(job: BulkJob) -> dict[str, int]:
    """By outcome, with those that wait."""
    counts = {str(name): int(count) for name, count in job.counts.items()}
    waiting = int(job.total) - sum(counts.values())
    return counts | ({Outcome.WAITING.value: waiting} if waiting else {})


def label_of(job: BulkJob) -> Words:
    if job.action == FILE:
        return gettext("Changes from %s") % (job.file_name or gettext("a file"))
    return next((action.label for action in kind_of(job.kind).actions if action.name == job.action), job.action)


def shown_rows(rows: Sequence[BulkRow], kind: Kind, by: Person, known: Mapping[str, Told]) -> list[ShownRow]:
    """With titles of what she may see now: none is kept with the job."""
    things = trail.noun(kind.name).describe(by, [row.ref for row in rows if row.ref])
    words = _Words(kind, rows)
    shown = []
    for row in rows:
        thing = things.get(row.ref)
        title = thing.title if thing else row.text or row.ref
        changes = [words.change(**one) for one in row.changes]
        url, told = thing.url if thing else "", known.get(row.outcome, OUTCOMES[row.outcome])
        shown.append(ShownRow(int(row.number), title, url, told, row.why, changes))
    return shown


def result_lines(job: BulkJob, by: Person) -> Iterator[str]:
    """All rows as CSV, a hundred at a time."""
    kind = kind_of(job.kind)
    known = PLANNED if job.state == State.PREPARED else OUTCOMES
    yield sheets.MARK + sheets.line(_COLUMNS)
    cursor = None
    while True:
        page = store.rows_of(job.job_id, cursor=cursor, limit=100)
        for row, shown in zip(page.items, shown_rows(page.items, kind, by, known), strict=True):
            changes = "; ".join(f"{one.label}: {one.before or '–'} → {one.after or '–'}" for one in shown.changes)
            yield sheets.line([shown.number, shown.title, row.ref, shown.told[0], shown.why, changes])
        cursor = page.next_cursor
        if cursor is None:
            return


class _Words:
    """For the values of changes; the names of people are one request for all of them."""

    def __init__(self, kind: Kind, rows: Sequence[BulkRow]) -> None:
        self._kind = kind
        owners = [one for row in rows for one in row.changes if one["field"] == "owner"]
        self._people = names_of({one[side] for one in owners for side in ("before", "after")})

    def change(self, field: str, before: Any, after: Any) -> ShownChange:
        label = FIELDS.get(field) or self._kind.fields.get(field, field)
        if isinstance(after, list):
            added = [self._word(field, one) for one in after if one not in before]
            removed = [self._word(field, one) for one in before if one not in after]
            return ShownChange(label, self._list(field, before), self._list(field, after), added, removed)
        return ShownChange(label, self._word(field, before), self._word(field, after))

    def _list(self, field: str, values: Sequence[Any]) -> str:
        return ", ".join(self._word(field, one) for one in values)

    def _word(self, field: str, value: Any) -> str:
        if value in (None, "", 0):
            return ""
        if field == "owner":
            return self._people.get(str(value)) or gettext("Somebody who never signed in")
        if field not in _NO_OPTIONS:
            option = by_id().get(str(value))
            return str(option.label) if option else gettext("Unknown")
        return gettext(self._kind.states.get(str(value), str(value)))
