"""A chart with all that stands around it: its definition, what it says in words, and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from analytics.charts.lines import Band, Line, LineChart, Series, chunks, line_chart
from analytics.forms import Period
from analytics.pages.frame import today
from analytics.pages.words import before_words, compact, counted, day_words, short_day
from analytics.services import numbers
from analytics.words import DEFINITIONS

MOST_DAYS = 100
"""Of more the points are weeks: people look for the way it goes, and pages stay small."""
BEFORE = "before"
"""The style of what is compared with."""


@dataclass(frozen=True)
class Legend:
    style: str
    name: str
    total: str
    tail: bool = False


@dataclass(frozen=True)
class Graph:
    """`name` is its id, and that of its file. `heights` are the marks of the axis, `points` the days to point at, each with what it says."""

    name: str
    title: str
    means: Sequence[tuple[str, str]]
    chart: LineChart
    legend: Sequence[Legend]
    heights: Sequence[tuple[str, str]]
    points: Sequence[tuple[Band, str]]
    says: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]
    whole: bool = False

    @property
    def lines(self) -> Sequence[Line]:
        """The first lies on top of what it is compared with."""
        return list(reversed(self.chart.lines))


@dataclass(frozen=True)
class Drawn:
    """One of a graph's series: `total` stands in the legend, and is empty where days cannot be added up."""

    name: str
    values: Sequence[int]
    total: str = ""
    style: str = "1"


def compared(series: numbers.Series, before: numbers.Series, period: Period, *, added: bool = True) -> Graph:
    """A number by day, and the same of the period before; `added`: its days add up to something."""
    drawn = [
        Drawn(gettext("This period"), series.values, counted(series.total) if added else ""),
        Drawn(then_words(period), before.values, counted(before.total) if added else "", BEFORE),
    ]
    return graph(series.name, str(DEFINITIONS[series.name].title), [series], drawn, added=added)


def together(name: str, title: str, *several: numbers.Series, added: bool = True) -> Graph:
    """Several numbers by day on one scale; `added`: the days of each add up to something."""
    drawn = [
        Drawn(str(DEFINITIONS[one.name].title), one.values, counted(one.total) if added else "", str(style))
        for style, one in enumerate(several, start=1)
    ]
    return graph(name, title, several, drawn, added=added)


def graph(name: str, title: str, series: Sequence[numbers.Series], drawn: Sequence[Drawn], *, added: bool) -> Graph:
    days, by_week = series[0].days, len(series[0].days) > MOST_DAYS
    going_on = len(days) % 7 > 0 if by_week else days[-1] >= today()
    if by_week:
        drawn = [replace(one, values=_weeks(one.values, added)) for one in drawn]
        days = days[::7]
    labels = [gettext("Week from %s") % day_words(day) if by_week else day_words(day) for day in days]
    lines = [Series(one.name, one.values, one.style, going_on and one.style != BEFORE) for one in drawn]
    chart = line_chart(lines, labels, [short_day(day) for day in days])
    rows = [(label, [counted(one.values[place]) for one in drawn]) for place, label in enumerate(labels)]
    legend = [Legend(one.style, one.name, one.total) for one in drawn]
    if going_on and len(days) > 2:
        so_far = gettext("A week that is not whole") if by_week else gettext("Today so far")
        legend.append(Legend("1", so_far, "", tail=True))
    return Graph(
        name=name,
        title=(gettext("%s by week") if by_week else gettext("%s by day")) % title,
        means=[(str(DEFINITIONS[one.name].title), str(DEFINITIONS[one.name].means)) for one in series],
        chart=chart,
        legend=legend,
        heights=[(at, compact(tick)) for at, tick in chart.y_ticks],
        points=[(band, _point(label, drawn, row)) for band, (label, row) in zip(chart.bands, rows, strict=True)],
        says=_says(labels, drawn),
        columns=[one.name for one in drawn],
        rows=rows,
        whole=any(one.whole for one in series),
    )


def then_words(period: Period) -> str:
    words = before_words(period)
    return words[:1].upper() + words[1:]


def _point(label: str, drawn: Sequence[Drawn], row: Sequence[str]) -> str:
    return f"{label}: " + ", ".join(f"{one.name} {value}" for one, value in zip(drawn, row, strict=True))


def _weeks(values: Sequence[int], added: bool) -> list[int]:
    """Their sums; of people, who may come on several days, the average of the days."""
    return [sum(some) if added else round(sum(some) / len(some)) for some in chunks(values, 7)]


def _says(labels: Sequence[str], drawn: Sequence[Drawn]) -> str:
    """For whoever does not see it: of each line the most and the least."""
    told = [
        gettext("%(name)s: most %(most)s (%(day)s), least %(least)s.")
        % {
            "name": one.name,
            "day": labels[list(one.values).index(max(one.values))],
            "most": counted(max(one.values)),
            "least": counted(min(one.values)),
        }
        for one in drawn
        if one.values
    ]
    return " ".join([*told, gettext("All numbers stand in the table below.")])
