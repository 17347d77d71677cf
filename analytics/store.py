"""Access patterns of events and roll-ups, each by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from analytics.enums import Kind
from analytics.models import BoardRow, EventRow, MarkRow, MonthRow, StockRow, TeamRow, TermRow
from analytics.rules import envelope
from analytics.rules.months import KEPT_MONTHS, Sheet, Span, first_of
from analytics.rules.told import Told
from core import clock
from core.aws.records import Delete, Put, R, find, get_many, put_unread, query, remove_unread, write
from core.errors import Stale
from core.ids import new_id
from core.paging import Page

MARKS, TERMS, TEAMS, BOARD = "~mark", "~term", "~team", "~board#"
_AT_ONCE = 1000
_TOGETHER = 100
"""As many as a transaction takes."""


def row_of(event: Told) -> EventRow:
    return EventRow(
        event.at.date().isoformat(),
        envelope.key_of(clock.iso(event.at), event.event_id),
        event_id=event.event_id,
        event_name=event.name,
        user_id=event.user_id or None,
        content_id=envelope.content_id_of(event),
        metadata=envelope.metadata_of(event),
        timestamp=clock.iso(event.at),
        ttl=event.at + envelope.KEPT,
    )


def told_of(row: EventRow) -> Told:
    return envelope.told_from(
        event_id=row.event_id,
        name=row.event_name,
        at=clock.parse(row.timestamp),
        user_id=row.user_id,
        metadata=row.metadata or {},
    )


def append(event: Told) -> bool:
    """False when it is there already: what was said once is never overwritten."""
    try:
        write(Put(row_of(event), EventRow.key.does_not_exist()), audit=())
    except Stale:
        return False
    return True


def append_many(events: Iterable[Told], words: Mapping[str, str] | None = None) -> int:
    """A hundred to a request, for data with a past; what is there is said again."""
    rows = [row_of(event) for event in events]
    rows += [
        words_row(event.text("search"), words[event.text("search")], event.at)
        for event in events
        if words and event.name == "search.performed" and event.text("search") in words
    ]
    for start in range(0, len(rows), _TOGETHER):
        write(*map(Put, rows[start : start + _TOGETHER]), audit=())
    return len(rows)


def words_row(search_id: str, words: str, at: datetime) -> EventRow:
    event_id = f"{search_id}-words"
    return EventRow(
        at.date().isoformat(),
        envelope.key_of(clock.iso(at), event_id),
        event_id=event_id,
        event_name=envelope.WORDED,
        metadata={"schema": envelope.SCHEMA, "search": search_id, "words": words},
        timestamp=clock.iso(at),
        ttl=at + envelope.WORDS_KEPT,
    )


def keep_words(search_id: str, words: str, at: datetime) -> None:
    with suppress(Stale):
        write(Put(words_row(search_id, words, at), EventRow.key.does_not_exist()), audit=())


def events_of(day: date, *, cursor: str | None = None, limit: int = 100) -> Page[EventRow]:
    """In the order in which they happened, without those whose time is over: DynamoDB sweeps late."""
    return query(
        EventRow,
        day.isoformat(),
        scope=f"events:{day}",
        cursor=cursor,
        limit=limit,
        filter_condition=EventRow.ttl.does_not_exist() | (EventRow.ttl > clock.now()),
        consistent=True,
    )


def every_event_of(day: date) -> Iterator[EventRow]:
    """For jobs and exports."""
    cursor = None
    while True:
        page = events_of(day, cursor=cursor, limit=_AT_ONCE)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def replace_event(row: EventRow) -> None:
    """With a pseudonym in place of a person who was erased; nothing else ever replaces one."""
    write(Put(row, EventRow.key.exists()), audit=())


def month_part(kind: Kind, month: str) -> str:
    return f"{kind}#{month}"


def months_of(kind: Kind, months: Iterable[str], subject: str | None = None) -> dict[str, dict[str, Sheet]]:
    """By thing and month. Of all things a query for each month; of one of them a BatchGet for all."""
    found: dict[str, dict[str, Sheet]] = {}
    parts = {month_part(kind, month): month for month in months}
    rows = (
        get_many(MonthRow, [(part, subject) for part in parts])
        if subject is not None
        else (row for part in parts for row in month_rows(part))
    )
    for row in rows:
        if row.ttl > clock.now():
            found.setdefault(row.subject, {})[parts[row.part]] = Sheet.from_data(row.sheet)
    return found


def months_of_many(kind: Kind, months: Sequence[str], subjects: Iterable[str]) -> dict[str, dict[str, Sheet]]:
    """Of these things: one BatchGet per hundred things and months."""
    parts = {month_part(kind, month): month for month in months}
    found: dict[str, dict[str, Sheet]] = {}
    for row in get_many(MonthRow, [(part, subject) for subject in subjects for part in parts]):
        if row.ttl > clock.now():
            found.setdefault(row.subject, {})[parts[row.part]] = Sheet.from_data(row.sheet)
    return found


def month_rows(part: str) -> Iterator[MonthRow]:
    return _all(MonthRow, part, consistent=True)


def new_month_row(kind: Kind, month: str, subject: str) -> MonthRow:
    return MonthRow(month_part(kind, month), subject, sheet=Sheet().to_data(), ttl=end_of_keeping(month))


def end_of_keeping(month: str) -> datetime:
    """The first moment of a month that is 26 further on: whatever its last day brought is kept for 25 months."""
    first = first_of(month)
    number = first.year * 12 + first.month - 1 + KEPT_MONTHS + 1
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=clock.now().tzinfo)


def save_months(rows: Sequence[MonthRow]) -> None:
    """Together. Raises Stale when somebody else counted one of them meanwhile."""
    for row in rows:
        row.counted_at = clock.now()
    write(*map(Put, rows), audit=())


def remove_month(row: MonthRow) -> None:
    write(Delete(row), audit=())


def terms_between(span: Span) -> Iterator[TermRow]:
    """What was searched, by day; a word that is older than words are kept is not among them."""
    after_last = f"{span.last}$"  # the next sign after "#", so that any word of that day comes before
    rows = _all(TermRow, TERMS, TermRow.subject.between(f"{span.first}#", after_last))
    return (row for row in rows if row.ttl > clock.now())


def put_terms(day: date, rows: Sequence[TermRow]) -> None:
    """In place of whatever was said of that day."""
    kept = {row.subject for row in rows}
    remove_unread([row for row in terms_of_day(day) if row.subject not in kept])
    put_unread(rows)


def terms_of_day(day: date) -> list[TermRow]:
    return list(_all(TermRow, TERMS, TermRow.subject.startswith(f"{day}#")))


def term_row(day: date, words: str) -> TermRow:
    midnight = datetime(day.year, day.month, day.day, tzinfo=clock.now().tzinfo)
    return TermRow(TERMS, f"{day}#{words}", ttl=midnight + timedelta(days=1) + envelope.WORDS_KEPT)


def stock_part(kind: Kind) -> str:
    return f"~stock#{kind}"


def stock_of(kind: Kind) -> dict[str, StockRow]:
    return {row.subject: row for row in _all(StockRow, stock_part(kind))}


def stock_by_ids(kind: Kind, subjects: Iterable[str]) -> dict[str, StockRow]:
    return {row.subject: row for row in get_many(StockRow, [(stock_part(kind), one) for one in subjects])}


def teams() -> list[TeamRow]:
    return list(_all(TeamRow, TEAMS))


def replace_all(known: Sequence[StockRow | TeamRow], rows: Sequence[StockRow | TeamRow]) -> int:
    """Writes what differs and removes what is gone; how many there were of both."""
    before = {row.subject: row.serialize() for row in known}
    changed = [row for row in rows if before.get(row.subject) != row.serialize()]
    kept = {row.subject for row in rows}
    gone = [row for row in known if row.subject not in kept]
    put_unread(changed)
    remove_unread(gone)
    return len(changed) + len(gone)


def boards(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """By what they are made of and its name: one BatchGet, and a second where some have further parts."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    first = get_many(BoardRow, [(BOARD + part, f"{name}/0") for part, name in names])
    more = [(row.part, f"{_of(row)}/{number}") for row in first for number in range(1, int(row.parts))]
    for row in (*first, *get_many(BoardRow, more)):
        if row.ttl is None or row.ttl > clock.now():
            found.setdefault((row.part.removeprefix(BOARD), _of(row)), {}).update(row.things)
    return found


def put_board(part: str, name: str, things: Sequence[Mapping[str, Any]], ttl: datetime | None = None) -> None:
    """In place of what was there; each of `things` is one part."""
    count = len(things)
    rows = [BoardRow(BOARD + part, f"{name}/{number}", parts=count, ttl=ttl) for number in range(count)]
    for row, some in zip(rows, things, strict=True):
        row.things = dict(some)
    put_unread(rows)


def _of(row: BoardRow) -> str:
    return row.subject.rpartition("/")[0]


def mark_of(name: str) -> MarkRow | None:
    return find(MarkRow, MARKS, name, consistent=True)


def set_mark(name: str, at: datetime) -> None:
    put_unread([MarkRow(MARKS, name, at=at, token=new_id())])


def marked_days() -> list[MarkRow]:
    """The days that are to be counted again."""
    return list(_all(MarkRow, MARKS, MarkRow.subject.startswith("day#"), consistent=True))


def mark_day(day: date) -> None:
    set_mark(f"day#{day}", clock.now())


def unmark(mark: MarkRow) -> None:
    """Unless it was marked again meanwhile."""
    with suppress(Stale):
        write(Delete(mark, MarkRow.token == mark.token), audit=())


def _all(model: type[R], part: str, within: object = None, *, consistent: bool = False) -> Iterator[R]:
    cursor = None
    while True:
        page = query(
            model,
            part,
            scope=part,
            cursor=cursor,
            limit=_AT_ONCE,
            range_condition=within,  # type: ignore[arg-type]
            consistent=consistent,
        )
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return
