"""Drawings of courses without a picture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lms.pages.covers import HEIGHT, WIDTH, drawing_of


@given(st.text())
def test_the_same_course_looks_the_same_and_its_way_rises_inside_the_picture(seed: str) -> None:
    drawing = drawing_of(seed)
    assert drawing_of.__wrapped__(seed) == drawing
    way = [*drawing.stops, drawing.goal]
    assert all(0 < point.x < WIDTH and 0 < point.y < HEIGHT for point in way)
    assert [point.x for point in way] == sorted(point.x for point in way)
    assert drawing.goal.y < drawing.stops[0].y


def test_courses_look_different() -> None:
    assert len({drawing_of(f"course-{number}") for number in range(200)}) == 200
