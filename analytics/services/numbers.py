"""The numbers of the dashboards, read from the roll-ups: for Admins of everything, for owners of what is theirs.

`Numbers` reads each month of each kind once, however many of its numbers a page shows, and all of them in one request
where the page says beforehand which it will need (`read`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property

from accounts.permissions import Permission, require
from accounts.person import Person
from analytics import store
from analytics.enums import WHOLE, Count, Kind, Members
from analytics.models import StockRow, TeamRow
from analytics.rules import months as rules
from analytics.rules.funnels import Funnel, funnel
from analytics.rules.months import Months, Span
from analytics.services.boards import Boards
from analytics.services.values import Asked, Behind, Series, Stale, Taken, Term, Used
from core import clock

__all__ = ["Asked", "Behind", "Numbers", "Series", "Stale", "Taken", "Term", "Used", "counted_up_to", "used_of"]

ROLLED = "rolled"
STALE_AFTER = timedelta(days=90)
_NAMED = frozenset({Kind.COURSE, Kind.PATH, Kind.CONTENT})
"""Of these lists are made, so that their titles are wanted."""
_WIDE = {Kind.CONTENT: (Count.VIEWS, Count.DOWNLOADS, Count.FOUND)}
_BY_MEMBERS = {Count.STARTS: Members.STARTED, Count.COMPLETIONS: Members.COMPLETED}


class Numbers:
    """Raises Refused for whoever may not read analytics."""

    def __init__(self, by: Person, asked: Asked, boards: Boards | None = None) -> None:
        require(by, Permission.ANALYTICS_READ)
        self.by = by
        self.asked = asked
        self.now = clock.now()
        self.boards = boards or Boards()

    def before(self, span: Span) -> Numbers:
        """The same of other days, out of what is read already."""
        return Numbers(self.by, replace(self.asked, span=span), self.boards)

    def read(self, *kinds: Kind, since: date | None = None, words: bool = False) -> Numbers:
        """At once what a page will ask for; `since` is the first day of what it is compared with."""
        past = Span(since or self.span.first, self.span.last)
        months = {kind: [*past.months, *self._current(kind).months] for kind in kinds}
        stock = [kind for kind in kinds if kind in _NAMED]
        self.boards.fetch(months, stock, self.span if words else None)
        return self

    def _current(self, kind: Kind) -> Span:
        """The days up to now that are looked at whatever the range."""
        today = self.now.date()
        if kind is Kind.CONTENT:
            return Span((self.now - STALE_AFTER).date(), today)
        return self.span.until(today) if kind in _NAMED else self.span

    @property
    def span(self) -> Span:
        return self.asked.span

    @cached_property
    def as_of(self) -> datetime | None:
        """Up to when events are counted; None before the first roll-up."""
        return counted_up_to()

    def totals(self) -> Mapping[str, int]:
        """By the names of `words.DEFINITIONS`. Whatever the product says nothing about is that of the whole portal."""
        site = self._of(Kind.SITE).get(WHOLE, {})
        found = {count.value: rules.total(site, count, self.span) for count in Count}
        found["people"] = len(rules.who([site], Members.PEOPLE, self.span))
        found["viewers"] = len(rules.who([site], Members.VIEWERS, self.span))
        if self.asked.product:
            for name in (*_WIDE[Kind.CONTENT], *_BY_MEMBERS):
                found[name.value] = self.daily(name).total
        return found

    def daily(self, count: Count) -> Series:
        whole = False
        if count in _WIDE[Kind.CONTENT] and self.asked.product:
            values = rules.by_day(self._things(Kind.CONTENT).values(), count, self.span)
        elif count in _BY_MEMBERS and self.asked.product:
            taken = [months for kind in (Kind.COURSE, Kind.PATH) for months in self._things(kind).values()]
            values = rules.by_day(taken, _BY_MEMBERS[count], self.span)
        else:
            values = rules.by_day([self._of(Kind.SITE).get(WHOLE, {})], count, self.span)
            whole = bool(self.asked.product)
        return Series(count.value, self.span.days, values, whole)

    def active_daily(self) -> Series:
        """Active people of each day."""
        values = rules.by_day([self._of(Kind.SITE).get(WHOLE, {})], Members.PEOPLE, self.span)
        return Series("people", self.span.days, values, bool(self.asked.product))

    def viewers_daily(self) -> Series:
        """Of all items, whatever the product."""
        values = rules.by_day([self._of(Kind.SITE).get(WHOLE, {})], Members.VIEWERS, self.span)
        return Series("viewers", self.span.days, values, bool(self.asked.product))

    def active_by_role(self) -> Mapping[str, int]:
        """A person whose role was changed in the range counts under both."""
        return {
            role: len(rules.who([months], Members.PEOPLE, self.span)) for role, months in self._of(Kind.ROLE).items()
        }

    def top_content(self, limit: int | None = 20) -> list[Used]:
        """Most used first; what nobody used is not among them. `None` for all of them."""
        used = [one for one in self._used.values() if one.uses]
        return self._with_people(sorted(used, key=lambda one: (-one.uses, one.title, one.content_id))[:limit])

    def never_used(self, limit: int | None = 20) -> list[Used]:
        """Longest live first."""
        begin = _moment(self.span.first)
        unused = [one for one in self._used.values() if not one.uses and one.live_since and one.live_since < begin]
        return sorted(unused, key=lambda one: (one.live_since, one.title))[:limit]

    def stale(self, limit: int | None = 20) -> list[Stale]:
        """What is due for review for longest first, then what nobody uses. By today, whatever the range."""
        since = self.now - STALE_AFTER
        span = Span(since.date(), self.now.date())
        months = self.boards.months(Kind.CONTENT, span.months)
        found = []
        for one in self._in_stock(Kind.CONTENT).values():
            if one.live_since:
                item = _used(one, months.get(one.subject, {}), span)
                late = one.review_at is not None and one.review_at < self.now
                unused = one.live_since < since and not item.uses
                found += [Stale(item, late, unused)] if late or unused else []
        found.sort(key=lambda one: (not one.review_overdue, one.item.review_at or self.now, one.item.title))
        return found[:limit]

    def taken(self, limit: int | None = 20) -> list[Taken]:
        """Courses and paths with their funnels, those with the most assignments and starts first."""
        found = [
            _taken(kind, self._in_stock(kind).get(subject), subject, months, self.span)
            for kind in (Kind.COURSE, Kind.PATH)
            for subject, months in self._things(kind, up_to_now=True).items()
        ]
        some = [one for one in found if one.started or one.completed or one.funnel.assigned]
        return sorted(some, key=lambda one: (-one.funnel.assigned, -one.started, one.title, one.subject))[:limit]

    def funnel(self) -> Funnel:
        """Of all assignments of the range."""
        things = [m for kind in (Kind.COURSE, Kind.PATH) for m in self._things(kind, up_to_now=True).values()]
        return funnel(things, self.span)

    def searched(self, limit: int | None = 20) -> list[Term]:
        """Most searched first. Words are kept for 90 days only."""
        return sorted(self._terms, key=lambda one: (-one.searches, one.words))[:limit]

    def searched_in_vain(self, limit: int | None = 20) -> list[Term]:
        some = [one for one in self._terms if one.in_vain]
        return sorted(some, key=lambda one: (-one.in_vain, one.words))[:limit]

    def overdue_by_team(self) -> list[Behind]:
        """As it is at this moment, whatever the range: the most overdue first."""
        found = [_behind(one) for one in store.teams()]
        return sorted(found, key=lambda one: (-one.overdue, one.title))

    def _with_people(self, found: Sequence[Used]) -> list[Used]:
        """Who they were is kept by item: it is looked up for those that are shown, a request per hundred of their months."""
        months = store.months_of_many(Kind.CONTENT, self.span.months, [one.content_id for one in found])
        return [
            replace(one, viewers=len(rules.who([months.get(one.content_id, {})], Members.VIEWERS, self.span)))
            for one in found
        ]

    @cached_property
    def _terms(self) -> list[Term]:
        sums: dict[str, Counter[str]] = defaultdict(Counter)
        for day in self.boards.words(self.span):
            for words, (searches, in_vain, clicks) in day.items():
                sums[words].update(searches=searches, in_vain=in_vain, clicks=clicks)
        return [Term(words, one["searches"], one["in_vain"], one["clicks"]) for words, one in sums.items()]

    @cached_property
    def _used(self) -> dict[str, Used]:
        months = self._things(Kind.CONTENT)
        return {
            subject: _used(one, months.get(subject, {}), self.span)
            for subject, one in self._in_stock(Kind.CONTENT).items()
        }

    def _in_stock(self, kind: Kind) -> Mapping[str, StockRow]:
        """What there is of the product."""
        known, product = self.boards.stock(kind), self.asked.product
        return {subject: one for subject, one in known.items() if product in one.labels} if product else known

    def _things(self, kind: Kind, *, up_to_now: bool = False) -> Mapping[str, Months]:
        """What happened to the things of the product."""
        found = self._of(kind, up_to_now=up_to_now)
        if not self.asked.product:
            return found
        stock = self._in_stock(kind)
        return {subject: months for subject, months in found.items() if subject in stock}

    def _of(self, kind: Kind, *, up_to_now: bool = False) -> Mapping[str, Months]:
        """`up_to_now` for what is asked of those of the range: whether they have done since."""
        span = self.span.until(self.now.date()) if up_to_now else self.span
        return self.boards.months(kind, span.months)


def counted_up_to() -> datetime | None:
    mark = store.mark_of(ROLLED)
    return mark.at if mark else None


def used_of(subjects: Iterable[str], span: Span) -> list[Used]:
    """Of some items, in the order asked for; what is not in stock yet is left out."""
    wanted = list(dict.fromkeys(subjects))
    stock = store.stock_by_ids(Kind.CONTENT, wanted)
    months = store.months_of_many(Kind.CONTENT, span.months, wanted)
    return [_used(stock[one], months.get(one, {}), span) for one in wanted if one in stock]


def _used(one: StockRow, months: Months, span: Span) -> Used:
    return Used(
        content_id=one.subject,
        title=one.title,
        status=one.status,
        owner_id=one.owner_id,
        views=rules.total(months, Count.VIEWS, span),
        viewers=len(rules.who([months], Members.VIEWERS, span)),
        downloads=rules.total(months, Count.DOWNLOADS, span),
        found=rules.total(months, Count.FOUND, span),
        live_since=one.live_since,
        review_at=one.review_at,
    )


def _taken(kind: Kind, one: StockRow | None, subject: str, months: Months, span: Span) -> Taken:
    return Taken(
        kind=kind,
        subject=subject,
        title=one.title if one else "",
        status=one.status if one else "",
        started=len(rules.who([months], Members.STARTED, span)),
        completed=len(rules.who([months], Members.COMPLETED, span)),
        funnel=funnel([months], span),
    )


def _behind(row: TeamRow) -> Behind:
    return Behind(row.subject, row.title, int(row.people), int(row.behind), int(row.overdue), row.oldest_at)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.now().tzinfo)
