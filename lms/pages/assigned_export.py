"""The assigner's list as a file: all of it that passes the filters, with how far each person is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry, names_of, save_audit
from core import clock, sheets
from core.index import index
from lms.documents.assignments import key_of
from lms.due_words import due_in_full
from lms.models import Assignment
from lms.pages.assigned import STATES, query_for
from lms.rules import dues
from lms.store.assignments import assignments_by_keys
from lms.store.learning import progress_towards
from metadata.faceted import Filters

COLUMNS = ("person", "course or path", "state", "progress %", "due", "due in words", "assigned", "completed", "late")
_AT_ONCE = 100


def lines(filters: Filters, *, by: Person) -> Iterator[str]:
    """Written as it is read, a hundred at a time. Who took a copy stands in the audit log. Raises Refused."""
    require(by, Permission.LEARNING_ASSIGN)
    chosen = {name: {"after": ", ".join(sorted(values))} for name, values in filters.chosen.items()}
    entry = audit_entry(
        by=by, action="assignments.exported", object_type="assignments", object_id="list", changes=chosen
    )
    save_audit(entry)
    return _lines(filters)


def _lines(filters: Filters) -> Iterator[str]:
    yield sheets.MARK + sheets.line(COLUMNS)
    now = clock.now()
    for some in _pages(filters, now):
        names = names_of(one.user_id for one in some)
        progress = progress_towards([(one.user_id, one.target) for one in some])
        for one in some:
            row = progress.get((one.user_id, one.target))
            percent = int(row.progress_percentage) if row else 0
            yield sheets.line(_cells(one, names.get(one.user_id, ""), percent, now))


def _pages(filters: Filters, now: datetime) -> Iterator[Sequence[Assignment]]:
    after = None
    while True:
        found = index().search(query_for(filters, now, after=after, limit=_AT_ONCE))
        yield assignments_by_keys([key_of(hit.doc_id) for hit in found.hits])
        after = found.position
        if after is None:
            return


def _cells(one: Assignment, name: str, percent: int, now: datetime) -> list[object]:
    state = dues.shown_status(one.status, one.due_at, now)
    return [
        name,
        one.title,
        str(STATES[state][0]),
        percent,
        one.due_date or "",
        due_in_full(one),
        clock.iso(one.assigned_at),
        clock.iso(one.completed_at) if one.completed_at else "",
        {True: "yes", False: "no"}.get(one.late, "") if one.completed_at else "",
    ]
