"""Counting days: from the events that are kept to the roll-ups. A day that is counted again comes out the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from analytics import store
from analytics.enums import Kind
from analytics.models import EventRow, MonthRow, TermRow
from analytics.rules import envelope
from analytics.rules.counting import Day, Tally, counted
from analytics.rules.months import Sheet, Span, month_of
from analytics.rules.terms import terms
from analytics.services import boards
from analytics.services.numbers import ROLLED
from core import clock
from core.errors import Invalid, Stale

_TRIES = 3
_TOGETHER = 25
"""Rows to a transaction, which may hold four megabytes."""


@dataclass(frozen=True)
class Difference:
    """Between what is kept of a thing on a day and what its events say."""

    day: date
    kind: str
    subject: str
    kept: str
    counted: str


def roll_up(now: datetime) -> int:
    """Counts today, every day since the last time, and what came in late; how many days."""
    marks = store.marked_days()
    last = store.mark_of(ROLLED)
    today = now.date()
    days = set(Span(max(last.at.date() if last else first_whole(now), first_whole(now)), today).days)
    late = {date.fromisoformat(mark.subject.removeprefix("day#")) for mark in marks}
    days |= {day for day in late if first_whole(now) <= day <= today}
    count_days(days)
    for mark in marks:
        store.unmark(mark)
    store.set_mark(ROLLED, now)
    return len(days)


def first_whole(now: datetime) -> date:
    """The first day whose events are all kept still: one before it must never be counted again."""
    return (now - envelope.KEPT).date() + timedelta(days=1)


def check_span(span: Span, now: datetime) -> None:
    """Raises Invalid for days that cannot be counted."""
    if span.first > span.last or span.last > now.date():
        raise Invalid("The range must begin before it ends, and not go beyond today.")
    if span.first < first_whole(now):
        raise Invalid(
            f"Events are kept for {envelope.KEPT.days} days; the first day that can be counted is {first_whole(now)}."
        )


def count_days(days: Iterable[date]) -> int:
    """How many rows were written: none where nothing has changed."""
    written = 0
    for month, some in _by_month(days).items():
        tallies = {day: _counted(day) for day in some}
        for kind in Kind:
            written += _save(kind, month, {day: tally[kind] for day, tally in tallies.items()})
    return written


def differences(span: Span) -> Iterator[Difference]:
    """Between the roll-ups and a recount from the events; words only as long as they are kept."""
    for month, days in _by_month(span.days).items():
        tallies = {day: _counted(day, save=False) for day in days}
        for kind in Kind:
            rows = {row.subject: Sheet.from_data(row.sheet) for row in store.month_rows(store.month_part(kind, month))}
            for day in days:
                yield from _differing(day, kind, rows, tallies[day][kind])
            if boards.differs(kind, month, {subject: sheet.to_data() for subject, sheet in rows.items()}):
                yield Difference(days[0], kind.value, month, "another board than its rows make", "its rows")


_Tallies = Mapping[str, Tally]


def _by_month(days: Iterable[date]) -> dict[str, list[date]]:
    found: dict[str, list[date]] = defaultdict(list)
    for day in sorted(days):
        found[month_of(day)].append(day)
    return found


def _counted(day: date, *, save: bool = True) -> Mapping[Kind, _Tallies]:
    """The day's tallies by kind; what was searched is saved on the way, as it has rows of its own."""
    rows = list(store.every_event_of(day))
    events = [store.told_of(row) for row in rows if row.event_name != envelope.WORDED]
    if save and day > (clock.now() - envelope.WORDS_KEPT).date():
        searched = _term_rows(day, rows)
        store.put_terms(day, searched)
        boards.put_terms(day, searched)
    found: dict[Kind, dict[str, Tally]] = {kind: {} for kind in Kind}
    made: Day = counted(events)
    for (kind, subject), tally in made.items():
        found[kind][subject] = tally
    return found


def _term_rows(day: date, rows: Sequence[EventRow]) -> list[TermRow]:
    words = {
        str(row.metadata["search"]): str(row.metadata["words"]) for row in rows if row.event_name == envelope.WORDED
    }
    events = [store.told_of(row) for row in rows if row.event_name != envelope.WORDED]
    made = []
    for text, term in terms(events, words).items():
        row = store.term_row(day, text)
        row.searches, row.in_vain, row.clicks, row.people = term.searches, term.in_vain, term.clicks, len(term.people)
        made.append(row)
    return made


def _save(kind: Kind, month: str, days: Mapping[date, _Tallies]) -> int:
    """Puts these days into the month's rows. Somebody else may be counting too: then both begin with what is there."""
    for tried in range(_TRIES):
        rows = {str(row.subject): row for row in store.month_rows(store.month_part(kind, month))}
        changed, emptied = _changed(kind, month, rows, days)
        try:
            for start in range(0, len(changed), _TOGETHER):
                store.save_months(changed[start : start + _TOGETHER])
            for row in emptied:
                store.remove_month(row)
        except Stale:
            if tried == _TRIES - 1:
                raise
            continue
        gone = {str(row.subject) for row in emptied}
        left = (row for row in {**rows, **{str(row.subject): row for row in changed}}.values())
        boards.put_month(kind, month, {row.subject: row.sheet for row in left if row.subject not in gone})
        return len(changed) + len(emptied)
    raise Stale()


def _changed(
    kind: Kind, month: str, rows: Mapping[str, MonthRow], days: Mapping[date, _Tallies]
) -> tuple[list[MonthRow], list[MonthRow]]:
    subjects = dict.fromkeys([*rows, *(subject for tallies in days.values() for subject in tallies)])
    changed: list[MonthRow] = []
    emptied: list[MonthRow] = []
    for subject in subjects:
        row = rows.get(subject) or store.new_month_row(kind, month, subject)
        before: Any = row.sheet
        sheet = Sheet.from_data(before)
        for day, tallies in days.items():
            sheet.put(day.day, tallies.get(subject, Tally()))
        row.sheet = sheet.to_data()
        if row.sheet != before:
            (emptied if sheet.is_empty else changed).append(row)
    return changed, emptied


def _differing(day: date, kind: Kind, rows: Mapping[str, Sheet], tallies: _Tallies) -> Iterator[Difference]:
    for subject in sorted({*rows, *tallies}):
        kept = rows.get(subject, Sheet())
        again = Sheet.from_data(kept.to_data())
        again.put(day.day, tallies.get(subject, Tally()))
        if again.to_data() != kept.to_data():
            yield Difference(day, kind.value, subject, _said(kept, day), _said(again, day))


def _said(sheet: Sheet, day: date) -> str:
    bits = 1 << day.day
    counts = {name: sheet.count(name, bits) for name in sheet.counts}
    members = {name: len(list(sheet.who(name, bits))) for name in sheet.members}
    return ", ".join(f"{name} {count}" for name, count in sorted((counts | members).items()) if count) or "nothing"
