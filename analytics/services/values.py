"""What is asked of the numbers, and what they answer with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from analytics.enums import Kind
from analytics.rules.funnels import Funnel
from analytics.rules.months import Span
from core import clock


@dataclass(frozen=True)
class Asked:
    """`product` is the id of a suite, product or concept; empty for all of them."""

    span: Span
    product: str = ""

    @classmethod
    def last_days(cls, days: int = 30, product: str = "") -> Asked:
        return cls(Span.of_days(clock.now().date(), days), product)


@dataclass(frozen=True)
class Series:
    """A value for each day of the range. `whole`: of the whole portal, as the product says nothing about it."""

    name: str
    days: Sequence[date]
    values: Sequence[int]
    whole: bool = False

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True)
class Used:
    """An item and its numbers."""

    content_id: str
    title: str
    status: str
    owner_id: str
    views: int = 0
    viewers: int = 0
    downloads: int = 0
    found: int = 0
    live_since: datetime | None = None
    review_at: datetime | None = None

    @property
    def uses(self) -> int:
        return self.views + self.downloads


@dataclass(frozen=True)
class Stale:
    """Why an item is held for stale; both may be so."""

    item: Used
    review_overdue: bool
    unused: bool


@dataclass(frozen=True)
class Taken:
    """A course or path, how many people began and completed it, and what became of its assignments of the range."""

    kind: Kind
    subject: str
    title: str
    status: str
    started: int
    completed: int
    funnel: Funnel


@dataclass(frozen=True)
class Term:
    words: str
    searches: int
    in_vain: int
    clicks: int


@dataclass(frozen=True)
class Behind:
    team_id: str
    title: str
    people: int
    behind: int
    overdue: int
    oldest_at: datetime | None
