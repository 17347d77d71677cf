"""Headline numbers: each with its definition, how it was before, and a line of its days."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.charts.funnels import whole
from analytics.charts.lines import Line, sparkline
from analytics.forms import Period
from analytics.pages.frame import today
from analytics.pages.words import Change, change_of, counted
from analytics.services.numbers import Series
from analytics.words import DEFINITIONS


@dataclass(frozen=True)
class Tile:
    """`note` says what it is a part of, or of when it is; `bar` how large a part, for what has no days.

    `whole`: the chosen product says nothing about it.
    """

    name: str
    title: str
    means: str
    value: str
    note: str = ""
    change: Change | None = None
    spark: Line | None = None
    bar: str = ""
    url: str = ""
    whole: bool = False


def standing(name: str, value: int, *, part: int, of: int, note: str, url: str) -> Tile:
    """A number as it is now; the bar shows which part of the whole is meant by the note."""
    defined = DEFINITIONS[name]
    bar = f"{whole(part, of)}%"
    return Tile(name, str(defined.title), str(defined.means), counted(value), note, bar=bar, url=url)


def moving(
    series: Series, period: Period, *, now: int | None = None, before: int, note: str = "", url: str = ""
) -> Tile:
    """A number of the range; `now` where it is not the sum of its days."""
    value = series.total if now is None else now
    defined = DEFINITIONS[series.name]
    return Tile(
        name=series.name,
        title=str(defined.title),
        means=str(defined.means),
        value=counted(value),
        note=note,
        change=change_of(value, before, period),
        spark=sparkline(series.values, unfinished=series.days[-1] >= today()) if len(series.values) > 1 else None,
        url=url,
        whole=series.whole,
    )
