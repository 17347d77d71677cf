"""The numbers as programs get them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel, Field

from accounts.person import Person
from analytics.forms import MOST_DAYS, USUAL
from analytics.rules.months import Span, earliest
from analytics.services.numbers import Asked, Numbers, Series
from analytics.words import DEFINITIONS
from core import clock
from core.api.schemas import Output
from core.errors import Invalid


class NumbersQuery(BaseModel):
    """Days are UTC, both included; without any they are the last 28."""

    first: date | None = None
    last: date | None = None
    product: str = Field("", max_length=200, description="The id of a suite, product or concept.")

    def span(self) -> Span:
        """Raises Invalid."""
        today = clock.now().date()
        begin, last = earliest(today), self.last or today
        first = self.first or max(begin, last - min(timedelta(days=USUAL - 1), last - date.min))
        if not begin <= first <= last <= today:
            raise Invalid(f"Choose days from {begin} to today, the first of them first.")
        if (last - first).days >= MOST_DAYS:
            raise Invalid(f"Choose at most {MOST_DAYS} days at once.")
        return Span(first, last)

    def numbers(self, by: Person) -> Numbers:
        return Numbers(by, Asked(self.span(), self.product))


class Ranked(NumbersQuery):
    limit: int = Field(50, ge=1, le=1000)


class Number(Output):
    name: str = Field(examples=["views"])
    title: str
    means: str = Field(description="What is counted.")
    value: int


class Funnel(Output):
    """Of assignments made in the range: how many of them were begun and completed by now."""

    assigned: int
    begun: int
    met: int
    ended: int = Field(description="Waived or cancelled; in none of the others.")


class Daily(Output):
    name: str
    title: str
    means: str
    days: list[date]
    values: list[int]
    whole: bool = Field(description="Of the whole portal, as the product says nothing about it.")
    as_of: datetime | None = Field(description="Up to when events are counted.")

    @classmethod
    def of(cls, series: Series, as_of: datetime | None) -> Daily:
        return cls(
            **defined(series.name), days=list(series.days), values=list(series.values), whole=series.whole, as_of=as_of
        )


class Overview(Output):
    first: date
    last: date
    as_of: datetime | None = Field(description="Up to when events are counted; null before the first time.")
    numbers: list[Number]
    active_by_role: dict[str, int]
    funnel: Funnel

    @classmethod
    def of(cls, numbers: Numbers) -> Overview:
        totals = numbers.totals().items()
        return cls(
            first=numbers.span.first,
            last=numbers.span.last,
            as_of=numbers.as_of,
            numbers=[Number(**defined(name), value=value) for name, value in totals if name in DEFINITIONS],
            active_by_role=dict(numbers.active_by_role()),
            funnel=Funnel.model_validate(numbers.funnel()),
        )


class ItemNumbers(Output):
    content_id: str
    title: str
    status: str
    owner_id: str
    views: int
    viewers: int
    downloads: int
    found: int = Field(description="Opened from the results of a search.")
    live_since: datetime | None
    review_at: datetime | None


class StaleItem(Output):
    item: ItemNumbers
    review_overdue: bool
    unused: bool


class TakenThing(Output):
    kind: str = Field(examples=["course"])
    subject: str = Field(description="The id of the course or path.")
    title: str
    status: str
    started: int
    completed: int
    funnel: Funnel


class SearchedTerm(Output):
    words: str
    searches: int
    in_vain: int
    clicks: int


class TeamBehind(Output):
    team_id: str = Field(description="`-` stands for people in no team.")
    title: str
    people: int
    behind: int
    overdue: int
    oldest_at: datetime | None


def defined(name: str) -> dict[str, Any]:
    definition = DEFINITIONS[name]
    return {"name": name, "title": str(definition.title), "means": str(definition.means)}
