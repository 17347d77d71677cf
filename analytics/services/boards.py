"""What dashboards read: all things of a kind and month in a few records, so that a page needs few requests however many
there are. Of items the counts are enough, and people are looked up for those that a page shows; of what is rarer, all.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from analytics import store
from analytics.enums import Kind
from analytics.models import StockRow, TermRow
from analytics.rules import envelope
from analytics.rules.months import Months, Sheet, Span
from core import clock

OF_MONTHS = frozenset(Kind) - {Kind.LESSON}
_MOST_BYTES = 300_000
"""Of a part, compressed; DynamoDB takes 400 KB."""
_ALL = "all"


def put_month(kind: Kind, month: str, sheets: Mapping[str, Mapping[str, Any]]) -> None:
    if kind in OF_MONTHS:
        store.put_board(kind, month, _parts(_board(kind, sheets)), store.end_of_keeping(month))


def differs(kind: Kind, month: str, sheets: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether dashboards read anything else than what the rows of the month make."""
    if kind not in OF_MONTHS:
        return False
    return store.boards([(kind, month)]).get((kind, month), {}) != _board(kind, sheets)


def _board(kind: Kind, sheets: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    bare = kind is Kind.CONTENT
    return {subject: {"counts": sheet["counts"]} if bare else dict(sheet) for subject, sheet in sheets.items()}


def put_terms(day: date, rows: Iterable[TermRow]) -> None:
    things = {row.subject.partition("#")[2]: [int(row.searches), int(row.in_vain), int(row.clicks)] for row in rows}
    ends = datetime(day.year, day.month, day.day, tzinfo=clock.now().tzinfo) + timedelta(days=1)
    store.put_board(store.TERMS, day.isoformat(), _parts(things), ends + envelope.WORDS_KEPT)


def put_stock(kind: Kind, rows: Iterable[StockRow]) -> None:
    store.put_board(store.stock_part(kind), _ALL, _parts({row.subject: _told(row) for row in rows}))


class Boards:
    """Each is read once; those that are asked for together come together."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], dict[str, Any]] = {}
        self._sheets: dict[tuple[Kind, str], dict[str, Sheet]] = {}
        self._stock: dict[Kind, dict[str, StockRow]] = {}

    def fetch(
        self, months: Mapping[Kind, Iterable[str]], stock: Iterable[Kind] = (), words: Span | None = None
    ) -> None:
        """`words`: what was searched on these days, as far as it is kept."""
        names = [(kind.value, month) for kind, some in months.items() for month in some]
        names += [(store.stock_part(kind), _ALL) for kind in stock]
        names += [(store.TERMS, day.isoformat()) for day in _kept(words)] if words else []
        wanted = [name for name in dict.fromkeys(names) if name not in self._read]
        found = store.boards(wanted) if wanted else {}
        self._read |= {name: found.get(name, {}) for name in wanted}

    def months(self, kind: Kind, months: Sequence[str]) -> dict[str, Months]:
        """By thing and month."""
        self.fetch({kind: months})
        found: dict[str, dict[str, Sheet]] = {}
        for month in months:
            for subject, sheet in self._sheets_of(kind, month).items():
                found.setdefault(subject, {})[month] = sheet
        return dict(found)

    def stock(self, kind: Kind) -> dict[str, StockRow]:
        if kind not in self._stock:
            self.fetch({}, [kind])
            told = self._read[store.stock_part(kind), _ALL]
            self._stock[kind] = {subject: _row(kind, subject, one) for subject, one in told.items()}
        return self._stock[kind]

    def words(self, span: Span) -> list[Mapping[str, Sequence[int]]]:
        """For each day, what was searched how often, how often in vain, and how often something was opened."""
        self.fetch({}, words=span)
        return [self._read[store.TERMS, day.isoformat()] for day in _kept(span)]

    def _sheets_of(self, kind: Kind, month: str) -> dict[str, Sheet]:
        key = kind, month
        if key not in self._sheets:
            told = self._read[kind.value, month]
            self._sheets[key] = {
                subject: Sheet.from_data({"counts": one["counts"], "members": one.get("members", {})})
                for subject, one in told.items()
            }
        return self._sheets[key]


def _kept(span: Span) -> list[date]:
    oldest = (clock.now() - envelope.WORDS_KEPT).date()
    return [day for day in span.days if day > oldest]


def _parts(things: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A thing stays in its part for as long as there are so many of them."""
    size = len(zlib.compress(json.dumps(things, separators=(",", ":")).encode()))
    count = size // _MOST_BYTES + 1
    parts: list[dict[str, Any]] = [{} for _number in range(count)]
    for subject, thing in things.items():
        parts[zlib.crc32(subject.encode()) % count][subject] = thing
    return parts


def _told(row: StockRow) -> dict[str, Any]:
    told = {"title": row.title, "status": row.status, "owner": row.owner_id, "labels": list(row.labels or ())}
    moments = {"since": row.live_since, "review": row.review_at}
    return told | {name: clock.iso(moment) for name, moment in moments.items() if moment}


def _row(kind: Kind, subject: str, told: Mapping[str, Any]) -> StockRow:
    return StockRow(
        store.stock_part(kind),
        subject,
        title=told["title"],
        status=told["status"],
        owner_id=told["owner"],
        labels=told["labels"],
        live_since=_moment(told.get("since")),
        review_at=_moment(told.get("review")),
    )


def _moment(text: str | None) -> datetime | None:
    return clock.parse(text) if text else None
