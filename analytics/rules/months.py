"""What is kept of a thing and a month: what each of its days brought.

A month is read far more often than it is counted, and by range: so its days stand together, and whoever is counted once
stands there once, with a bit for each day on which she was there. People are kept as digests, which lead back to none.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from analytics.rules.counting import Tally

KEPT_MONTHS = 25
_DIGEST_BYTES = 8


def digest(member: str) -> str:
    """Eleven characters: of a million members, two share one with a chance of one in thirty million."""
    return urlsafe_b64encode(blake2b(member.encode(), digest_size=_DIGEST_BYTES).digest()).decode().rstrip("=")


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included, in UTC."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def months(self) -> list[str]:
        return list(dict.fromkeys(month_of(day) for day in self.days))

    def within(self, month: str) -> int:
        """A bit for each of its days that lies in this month."""
        start = first_of(month)
        end = start.replace(day=monthrange(start.year, start.month)[1])
        first, last = max(self.first, start), min(self.last, end)
        return sum(1 << day for day in range(first.day, last.day + 1)) if first <= last else 0

    def until(self, last: date) -> Span:
        return Span(self.first, max(self.last, last))

    @classmethod
    def of_days(cls, last: date, days: int) -> Span:
        return cls(last - timedelta(days=days - 1), last)


def month_of(day: date) -> str:
    return day.strftime("%Y-%m")


def first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def earliest(today: date) -> date:
    """The first day of which anything is kept."""
    months = today.year * 12 + today.month - 1 - KEPT_MONTHS
    return date(months // 12, months % 12 + 1, 1)


@dataclass
class Sheet:
    """`counts` by name and day of the month, `members` by name and digest as bits of days."""

    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    members: dict[str, dict[str, int]] = field(default_factory=dict)

    def put(self, day: int, tally: Tally) -> None:
        """What the day brought, in place of whatever stood there."""
        for days in self.counts.values():
            days.pop(day, None)
        for name, count in tally.counts.items():
            self.counts.setdefault(name, {})[day] = count
        bit = 1 << day
        for known in self.members.values():
            for key in list(known):
                known[key] &= ~bit
        for name, members in tally.members.items():
            known = self.members.setdefault(name, {})
            for key in map(digest, members):
                known[key] = known.get(key, 0) | bit
        self._drop_empty()

    def _drop_empty(self) -> None:
        self.counts = {name: days for name, days in self.counts.items() if days}
        kept = {name: {key: bits for key, bits in known.items() if bits} for name, known in self.members.items()}
        self.members = {name: known for name, known in kept.items() if known}

    @property
    def is_empty(self) -> bool:
        return not self.counts and not self.members

    def count(self, name: str, days: int) -> int:
        return sum(count for day, count in self.counts.get(name, {}).items() if days >> day & 1)

    def who(self, name: str, days: int) -> Iterator[str]:
        return (key for key, bits in self.members.get(name, {}).items() if bits & days)

    def by_day(self, name: str) -> Counter[int]:
        """Of a count its sum, of members how many there were."""
        found = Counter(self.counts.get(name, {}))
        for bits in self.members.get(name, {}).values():
            found.update(day for day in range(1, 32) if bits >> day & 1)
        return found

    def to_data(self) -> dict[str, Any]:
        counts = {name: {str(day): days[day] for day in sorted(days)} for name, days in sorted(self.counts.items())}
        members = {name: dict(sorted(known.items())) for name, known in sorted(self.members.items())}
        return {"counts": counts, "members": members}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Sheet:
        counts = {name: {int(day): int(count) for day, count in days.items()} for name, days in data["counts"].items()}
        return cls(counts, {name: dict(known) for name, known in data["members"].items()})


Months = Mapping[str, Sheet]
"""Of one thing, by month."""


def total(months: Months, name: str, span: Span) -> int:
    return sum(sheet.count(name, span.within(month)) for month, sheet in months.items())


def who(many: Iterable[Months], name: str, span: Span) -> set[str]:
    """Everybody who is counted once, over all of the things and days."""
    return {key for months in many for month, sheet in months.items() for key in sheet.who(name, span.within(month))}


def by_day(many: Iterable[Months], name: str, span: Span) -> list[int]:
    """For each day of the span. Of members those of different things are added up: see `unique_by_day`."""
    found: Counter[date] = Counter()
    for months in many:
        for month, sheet in months.items():
            start = first_of(month)
            found.update({start.replace(day=day): count for day, count in sheet.by_day(name).items()})
    return [found[day] for day in span.days]


def unique_by_day(many: Iterable[Months], name: str, span: Span) -> list[int]:
    seen: dict[date, set[str]] = {}
    for months in many:
        for month, sheet in months.items():
            start = first_of(month)
            for key, bits in sheet.members.get(name, {}).items():
                for day in range(1, 32):
                    if bits >> day & 1:
                        seen.setdefault(start.replace(day=day), set()).add(key)
    return [len(seen.get(day, ())) for day in span.days]
