"""The audit log as it is read: which entries, from which index, and what the page shows of each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from accounts import store, trail
from accounts.models import AuditEntry
from accounts.person import SYSTEM, Person
from accounts.store import names_of
from core import clock, sheets
from core.paging import Page

ENOUGH = 25
MOST_QUERIES = 5
"""What few entries pass is looked for in so many queries, and then by the next page."""
_NARROWED, _EXPORTED = 100, 500
_OF_PEOPLE = {"owner", "person"}
"""Changed fields that hold people."""

COLUMNS = (
    "at", "actor", "actor_id", "role", "action", "object_type", "object_id", "version", "result", "reason", "changes",
    "request_id",
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """One of target, actor and month chooses the index; what else is given narrows while reading.

    `day` is one of the month's, in UTC, by which entries are kept.
    """

    actor: str = ""
    target: str = ""
    action: str = ""
    result: str = ""
    month: str = ""
    day: str = ""

    @property
    def by_month(self) -> bool:
        return not (self.target or self.actor)

    @property
    def narrow(self) -> bool:
        return bool(self.action or self.result or (self.target and self.actor))

    def hold_for(self, entry: AuditEntry) -> bool:
        return (
            self.actor in ("", entry.actor_id)
            and self.action in ("", entry.action)
            and self.result in ("", entry.result)
        )

    def read(self, cursor: str | None, limit: int) -> Page[AuditEntry]:
        when = self.day or self.month or None
        if self.target:
            return store.audit_of_target(self.target, cursor, limit, when)
        if self.actor:
            return store.audit_of_actor(self.actor, cursor, limit, when)
        return store.audit_of_month(self.month, cursor, limit, day=self.day)


@dataclass(frozen=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Row:
    at: datetime
    who: str
    actor_id: str
    role: str
    words: str
    action: str
    kind: str
    target: str
    title: str
    url: str
    version: str
    result: str
    reason: str
    request_id: str
    changes: Sequence[Change]


def entries(filters: Filters, cursor: str | None) -> Page[AuditEntry]:
    """One page: a single query where nothing narrows it, else as few as find enough, and never many."""
    found: list[AuditEntry] = []
    for _query in range(MOST_QUERIES if filters.narrow else 1):
        page = filters.read(cursor, _NARROWED if filters.narrow else ENOUGH)
        found += [entry for entry in page.items if filters.hold_for(entry)]
        cursor = page.next_cursor
        if cursor is None or len(found) >= ENOUGH:
            break
    return Page(found, cursor)


def rows_of(viewer: Person, found: Sequence[AuditEntry]) -> list[Row]:
    names = names_of(_people_in(found))
    things = _things(viewer, found)
    return [_row(entry, names, things.get(entry.target)) for entry in found]


def lines(filters: Filters) -> Iterator[Sequence[Any]]:
    """All that the filters let through, for an export: read as it is written out."""
    cursor: str | None = None
    while True:
        page = filters.read(cursor, _EXPORTED)
        found = [entry for entry in page.items if filters.hold_for(entry)]
        names = names_of({entry.actor_id for entry in found})
        yield from (_line(entry, names) for entry in found)
        cursor = page.next_cursor
        if cursor is None:
            return


def file(filters: Filters) -> Iterator[str]:
    """The same as CSV, for spreadsheets."""
    yield sheets.MARK + sheets.line(COLUMNS)
    for line in lines(filters):
        yield sheets.line(line)


def month_of(moment: datetime) -> str:
    return moment.strftime("%Y-%m")


def called(user_id: str, names: Mapping[str, str]) -> str:
    if user_id == SYSTEM.user_id:
        return gettext("The portal")
    return names.get(user_id) or gettext("Somebody who never signed in")


def _people_in(found: Sequence[AuditEntry]) -> set[str]:
    people = {entry.actor_id for entry in found}
    people |= {entry.object_id for entry in found if entry.object_type == "person"}
    for entry in found:
        for field in _OF_PEOPLE.intersection(entry.changes or {}):
            said = entry.changes[field]
            values = said.values() if isinstance(said, Mapping) else [said]
            people |= {value for value in values if isinstance(value, str)}
    return people - {SYSTEM.user_id}


def _things(viewer: Person, found: Sequence[AuditEntry]) -> dict[str, trail.Thing]:
    """By target. One request for each kind of thing on the page that has titles."""
    things: dict[str, trail.Thing] = {}
    for kind in {entry.object_type for entry in found}:
        ids = list(dict.fromkeys(entry.object_id for entry in found if entry.object_type == kind))
        described = trail.noun(kind).describe(viewer, ids)
        things |= {f"{kind}:{one}": thing for one, thing in described.items()}
    return things


def _row(entry: AuditEntry, names: Mapping[str, str], thing: trail.Thing | None) -> Row:
    title = called(entry.object_id, names) if entry.object_type == "person" else (thing.title if thing else "")
    return Row(
        at=entry.at,
        who=called(entry.actor_id, names),
        actor_id=entry.actor_id,
        role=entry.actor_role,
        words=trail.words_for(entry.object_type, entry.action),
        action=entry.action,
        kind=str(trail.noun(entry.object_type).label),
        target=entry.target,
        title=title or entry.object_id,
        url=thing.url if thing else "",
        version=entry.object_version or "",
        result=entry.result,
        reason=entry.reason or "",
        request_id=entry.request_id or "",
        changes=[_change(name, value, names) for name, value in (entry.changes or {}).items()],
    )


def _change(name: str, value: Any, names: Mapping[str, str]) -> Change:
    both = value if isinstance(value, dict) and value.keys() <= {"before", "after"} else {"after": value}
    people = names if name in _OF_PEOPLE else {}
    before, after = (_shown(both.get(side), people) for side in ("before", "after"))
    return Change(name.replace("_", " "), before, after)


def _shown(value: Any, people: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return people.get(value, value) if isinstance(value, str) else json.dumps(value)


def _line(entry: AuditEntry, names: Mapping[str, str]) -> Sequence[Any]:
    return (
        clock.iso(entry.at), called(entry.actor_id, names), entry.actor_id, entry.actor_role, entry.action,
        entry.object_type, entry.object_id, entry.object_version, entry.result, entry.reason,
        json.dumps(entry.changes, sort_keys=True) if entry.changes else "", entry.request_id,
    )  # fmt: skip
