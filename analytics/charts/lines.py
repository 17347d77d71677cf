"""Lines over days: several series on one scale, with a band for each day to point at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from analytics.charts.scales import Scale, number, percent, picked, scale_to, spread

T = TypeVar("T")
X_LABELS = 7
SPARKS = 31


@dataclass(frozen=True)
class Series:
    """`style` says how it is drawn: its colour together with its dashes, so that colour alone tells nothing.

    `unfinished`: its last value may still grow.
    """

    name: str
    values: Sequence[int]
    style: str = "1"
    unfinished: bool = False


@dataclass(frozen=True)
class Dot:
    style: str
    y: str


@dataclass(frozen=True)
class Line:
    """`path` and `area` are in a box of 100 by 100 that is stretched to the drawing's.

    `tail` is the way to a last point that is not finished, and is then no part of `path`.
    """

    style: str
    name: str
    path: str
    area: str
    tail: str = ""


@dataclass(frozen=True)
class Band:
    """What stands over one label of the axis: from half-way since the point before to half-way to the next."""

    label: str
    x: str
    left: str
    width: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Tick:
    """`between`: left out where there is little room. `anchor` keeps the outer labels inside."""

    at: str
    label: str
    anchor: str = "middle"
    between: bool = False


@dataclass(frozen=True)
class LineChart:
    lines: Sequence[Line]
    bands: Sequence[Band]
    x_ticks: Sequence[Tick]
    y_ticks: Sequence[tuple[str, int]]


def line_chart(series: Sequence[Series], labels: Sequence[str], short: Sequence[str] = ()) -> LineChart:
    """`labels` name the points, `short` does so on the axis. All series have a value for each."""
    scale = scale_to(max((max(one.values, default=0) for one in series), default=0))
    places = spread(len(labels))
    return LineChart(
        lines=[_line(one, places, scale) for one in series],
        bands=_bands(series, labels, places, scale),
        x_ticks=_x_ticks(short or labels, places),
        y_ticks=[(percent(100 - scale.share(tick)), tick) for tick in scale.ticks],
    )


def sparkline(values: Sequence[int], *, unfinished: bool = False) -> Line:
    """A line without axes, for beside a number; it fills its box whatever the values are.

    Of many values it shows the averages: more than a few dozen cannot be told apart.
    """
    if len(values) > SPARKS:
        size = -(-len(values) // SPARKS)
        values = [round(sum(some) / len(some)) for some in chunks(values, size)]
    scale = Scale(max([*values, 1]), ())
    return _line(Series("", values, unfinished=unfinished), spread(len(values)), scale)


def chunks(values: Sequence[T], size: int) -> list[Sequence[T]]:
    """One after the other; the last may be shorter."""
    return [values[start : start + size] for start in range(0, len(values), size)]


def _line(series: Series, places: Sequence[float], scale: Scale) -> Line:
    points = list(zip(places, (100 - scale.share(value) for value in series.values), strict=True))
    if not points:
        return Line(series.style, series.name, "", "")
    if len(points) == 1:  # a path of one point has no length: across the whole box, at its height
        points = [(0.0, points[0][1]), (100.0, points[0][1])]
    whole = points[:-1] if series.unfinished and len(points) > 2 else points
    tail = "" if whole is points else _path(points[-2:])
    path = _path(whole)
    area = f"{path} L{number(whole[-1][0])} 100 L{number(whole[0][0])} 100 Z"
    return Line(series.style, series.name, path, area, tail)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{number(x)} {number(y)}" for x, y in points)


def _bands(series: Sequence[Series], labels: Sequence[str], places: Sequence[float], scale: Scale) -> list[Band]:
    half = 50 / (len(places) - 1) if len(places) > 1 else 50.0
    bands = []
    for point, (label, x) in enumerate(zip(labels, places, strict=True)):
        left, right = max(x - half, 0.0), min(x + half, 100.0)
        dots = (Dot(one.style, percent(100 - scale.share(one.values[point]))) for one in series)
        bands.append(Band(label, percent(x), percent(left), percent(right - left), tuple(dots)))
    return bands


def _x_ticks(labels: Sequence[str], places: Sequence[float]) -> list[Tick]:
    shown = picked(len(labels), X_LABELS)
    ends = {shown[0]: "start", shown[-1]: "end"} if len(shown) > 1 else {}
    few = {shown[0], shown[len(shown) // 2], shown[-1]} if shown else set()
    return [
        Tick(percent(places[one]), labels[one], ends.get(one, "middle"), between=len(shown) > 3 and one not in few)
        for one in shown
    ]
