"""Every number and list of the dashboards as a file, with its definition, its days and the moment it was true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from accounts.store import names_of
from analytics.enums import Count, Kind
from analytics.rules.funnels import Funnel
from analytics.rules.months import Span
from analytics.services.numbers import Numbers, Series, Stale, Taken, Used
from analytics.words import DEFINITIONS
from core import clock, sheets
from core.errors import NotFound

Rows = Iterable[Sequence[Any]]
Table = tuple[Sequence[str], Sequence[str], Rows]
"""The names of its definitions, its columns, its rows."""


def table_of(name: str, numbers: Numbers) -> Table:
    """Raises NotFound for a name that no number has."""
    if name in _LISTS:
        return _LISTS[name](numbers)
    if name in _DAILY:
        return by_day([series(numbers) for series in _DAILY[name]])
    if name in set(Count):
        return by_day([numbers.daily(Count(name))])
    raise NotFound()


def by_day(several: Sequence[Series]) -> Table:
    names = [one.name for one in several]
    rows = ((day.isoformat(), *(one.values[place] for one in several)) for place, day in enumerate(several[0].days))
    return names, ["day", *names], rows


def of_funnel(found: Funnel) -> Table:
    steps = ("assigned", "begun", "met")
    rows = [(str(DEFINITIONS[step].title), getattr(found, step)) for step in steps]
    return steps, ["step", "assignments"], rows


def lines(table: Table, span: Span, as_of: datetime | None, about: str = "") -> Iterator[str]:
    """What stands before the columns begins with `#`, which readers of CSV know for a remark."""
    names, columns, rows = table
    yield sheets.MARK
    for name in names:
        yield sheets.line([f"# {DEFINITIONS[name].title}: {DEFINITIONS[name].means}"])
    if about:
        yield sheets.line([f"# {about}"])
    counted = clock.iso(as_of) if as_of else gettext("nothing is counted yet")
    yield sheets.line([f"# {span.first} to {span.last}; as of {counted}"])
    yield sheets.line(columns)
    for row in rows:
        yield sheets.line(row)


def filename(name: str, span: Span) -> str:
    return f"{name}-{span.first}-{span.last}.csv"


_DAILY: dict[str, Sequence[Callable[[Numbers], Series]]] = {
    "people": [Numbers.active_daily],
    "viewers": [Numbers.viewers_daily],
    "content": [lambda one: one.daily(Count.VIEWS), lambda one: one.daily(Count.DOWNLOADS)],
    "learning": [lambda one: one.daily(Count.STARTS), lambda one: one.daily(Count.COMPLETIONS)],
    "search": [lambda one: one.daily(Count.SEARCHES), lambda one: one.daily(Count.IN_VAIN)],
}


def _top(numbers: Numbers) -> Table:
    return _used(["views", "downloads", "viewers"], numbers.top_content(None))


def _unused(numbers: Numbers) -> Table:
    return _used(["never_used"], numbers.never_used(None))


def _used(names: Sequence[str], found: Sequence[Used]) -> Table:
    columns = [
        "content_id",
        "title",
        "status",
        "owner",
        "views",
        "downloads",
        "people",
        "found by search",
        "live since",
    ]
    owners = names_of({one.owner_id for one in found if one.owner_id})
    rows = (
        (
            *(one.content_id, one.title, one.status, owners.get(one.owner_id, "")),
            *(one.views, one.downloads, one.viewers, one.found, _moment(one.live_since)),
        )
        for one in found
    )
    return names, columns, rows


def _stale(numbers: Numbers) -> Table:
    found = numbers.stale(None)
    columns = ["content_id", "title", "owner", "review due", "review overdue", "not used for 90 days", "live since"]
    owners = names_of({one.item.owner_id for one in found if one.item.owner_id})
    return ["stale"], columns, (_stale_row(one, owners.get(one.item.owner_id, "")) for one in found)


def _stale_row(one: Stale, owner: str) -> Sequence[Any]:
    item = one.item
    answers = [gettext("yes") if so else gettext("no") for so in (one.review_overdue, one.unused)]
    return item.content_id, item.title, owner, _moment(item.review_at), *answers, _moment(item.live_since)


def _taken(numbers: Numbers) -> Table:
    columns = ["kind", "id", "title", "begun by", "completed by", "assigned", "of these begun", "of these completed"]
    columns += ["waived or cancelled"]
    return ["starts", "completions", "assigned"], columns, map(_taken_row, numbers.taken(None))


def _taken_row(one: Taken) -> Sequence[Any]:
    kind = "course" if one.kind is Kind.COURSE else "path"
    ways = one.funnel
    return kind, one.subject, one.title, one.started, one.completed, ways.assigned, ways.begun, ways.met, ways.ended


def _funnel(numbers: Numbers) -> Table:
    return of_funnel(numbers.funnel())


def _terms(numbers: Numbers) -> Table:
    return _searched("searches", numbers.searched(None))


def _vain(numbers: Numbers) -> Table:
    return _searched("in_vain", numbers.searched_in_vain(None))


def _searched(name: str, found: Sequence[Any]) -> Table:
    rows = ((one.words, one.searches, one.in_vain, one.clicks) for one in found)
    return [name], ["words", "searches", "without results", "results opened"], rows


def _teams(numbers: Numbers) -> Table:
    columns = ["team", "people", "people behind", "overdue assignments", "oldest due"]
    found = numbers.overdue_by_team()
    return (
        ["overdue", "behind"],
        columns,
        ((one.title, one.people, one.behind, one.overdue, _moment(one.oldest_at)) for one in found),
    )


def _roles(numbers: Numbers) -> Table:
    return ["people"], ["role", "people"], sorted(numbers.active_by_role().items())


def _moment(moment: datetime | None) -> str:
    return clock.iso(moment) if moment else ""


_LISTS: dict[str, Callable[[Numbers], Table]] = {
    "top": _top,
    "never-used": _unused,
    "stale": _stale,
    "courses": _taken,
    "funnel": _funnel,
    "terms": _terms,
    "terms-in-vain": _vain,
    "teams": _teams,
    "roles": _roles,
}
