"""Geometry of the drawings: whatever the numbers are, all of it lies inside, in order, on round marks."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.charts.funnels import funnel, whole
from analytics.charts.lines import SPARKS, X_LABELS, Series, line_chart, sparkline
from analytics.charts.scales import nice_step, picked, scale_to, spread, widths

COUNTS = st.integers(0, 10**9)
VALUES = st.lists(COUNTS, min_size=1, max_size=120)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def of_percent(text):
    assert re.fullmatch(r"\d+(\.\d)?%", text), text
    return float(text[:-1])


@given(COUNTS)
def test_a_scale_holds_its_values_and_hardly_more(most):
    scale = scale_to(most)
    step = scale.ticks[1]
    assert scale.top >= most
    assert scale.top - step < max(most, 1)
    assert scale.ticks == tuple(range(0, scale.top + 1, step))
    assert 2 <= len(scale.ticks) <= 5
    assert str(step).rstrip("0") in {"1", "2", "5"}


@given(st.floats(0.001, 1e9))
def test_a_step_is_round_and_not_less_than_asked(rough):
    step = nice_step(rough)
    assert step >= rough or step == 1
    assert step < 2.5 * rough or step == 1


@given(VALUES, VALUES)
def test_lines_lie_inside_and_a_higher_number_is_higher(first, second):
    points = min(len(first), len(second))
    labels = [f"day {number}" for number in range(points)]
    chart = line_chart([Series("a", first[:points]), Series("b", second[:points])], labels)
    for line in chart.lines:
        assert all(0 <= float(number) <= 100 for number in _NUMBER.findall(line.path))
        assert line.area.startswith(line.path)
    heights = [(value, of_percent(band.dots[0].y)) for value, band in zip(first[:points], chart.bands, strict=True)]
    for (value, y), (other, its_y) in itertools.pairwise(heights):
        assert (value - other) * (its_y - y) >= 0
    assert [of_percent(y) for y, _tick in chart.y_ticks][0 :: len(chart.y_ticks) - 1] == [100, 0]


@given(st.integers(1, 400))
def test_bands_cover_the_width_once_and_each_holds_its_point(points):
    chart = line_chart([Series("a", [1] * points)], [str(number) for number in range(points)])
    edge = 0.0
    for band in chart.bands:
        left, width = of_percent(band.left), of_percent(band.width)
        assert left == pytest.approx(edge, abs=0.2)
        assert left - 0.1 <= of_percent(band.x) <= left + width + 0.2
        edge = left + width
    assert edge == pytest.approx(100, abs=0.2)


@given(st.integers(1, 400))
def test_an_axis_has_few_labels_evenly_apart_and_both_ends(points):
    shown = picked(points, X_LABELS)
    assert shown[0] == 0
    assert shown[-1] == points - 1
    assert len(shown) <= X_LABELS
    assert shown == sorted(set(shown))
    ticks = line_chart([Series("a", [0] * points)], [str(number) for number in range(points)]).x_ticks
    assert sum(not tick.between for tick in ticks) <= 3
    if points > 1:
        assert (ticks[0].anchor, ticks[-1].anchor) == ("start", "end")


def test_a_single_day_is_drawn_across_and_nothing_is_drawn_of_no_days():
    assert spread(1) == [50.0]
    assert sparkline([4]).path == "M0 0 L100 0"
    assert sparkline([0]).path == "M0 100 L100 100"
    nothing = line_chart([Series("a", [])], [])
    assert (nothing.lines[0].path, nothing.bands, nothing.x_ticks) == ("", [], [])


def test_a_last_point_that_may_still_grow_is_drawn_apart():
    line = sparkline([4, 2, 1], unfinished=True)
    assert (line.path, line.tail) == ("M0 0 L50 50", "M50 50 L100 75")
    assert sparkline([4, 2, 1]).tail == ""
    assert sparkline([4, 2], unfinished=True).tail == ""


@given(VALUES)
def test_a_sparkline_of_many_days_has_few_points(values):
    assert sparkline(values).path.count("L") < SPARKS
    assert all(0 <= float(number) <= 100 for number in _NUMBER.findall(sparkline(values).path))


def test_values_of_another_number_of_days_are_a_mistake():
    with pytest.raises(ValueError, match="shorter"):
        line_chart([Series("a", [1])], ["one", "two"])


@given(st.lists(COUNTS, max_size=50))
def test_bars_are_as_long_as_their_share_and_what_is_there_is_seen(values):
    drawn = [of_percent(width) for width in widths(values, least=1)]
    assert all(0 <= width <= 100 for width in drawn)
    assert all((value > 0) == (width > 0) for value, width in zip(values, drawn, strict=True))
    if any(values):
        assert drawn[values.index(max(values))] == 100


@given(st.lists(COUNTS, min_size=1, max_size=6))
def test_a_funnel_adds_up(counts):
    steps = funnel([(str(number), count) for number, count in enumerate(counts)])
    assert steps[0].lost == 0
    assert counts[0] - sum(step.lost for step in steps) == counts[-1]
    assert all(0 <= of_percent(step.width) <= 100 for step in steps)


@given(COUNTS, COUNTS)
def test_only_all_is_a_hundred_percent_and_only_nothing_is_none(part, of):
    share = whole(part, of)
    if of:
        assert (share == 0) == (part == 0)
        if part < of:
            assert share < 100
    else:
        assert share == 0
