"""Drawings of courses without a picture, and of paths."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lms.pages.covers import HEIGHT, WIDTH, drawing_of
from lms.pages.path_covers import FEWEST, MOST, path_drawing_of


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


@given(st.text(), st.integers(0, 60))
def test_a_path_has_a_stop_for_each_step_and_rises_to_its_goal(seed: str, steps: int) -> None:
    drawing = path_drawing_of(seed, steps)
    assert path_drawing_of.__wrapped__(seed, steps) == drawing
    way = [*drawing.stops, drawing.goal]
    assert len(way) == min(max(steps, FEWEST), MOST)
    assert all(8 <= point.x <= WIDTH - 8 and 8 <= point.y <= HEIGHT - 8 for point in way)
    assert [point.x for point in way] == sorted(point.x for point in way)
    assert [point.y for point in way] == sorted((point.y for point in way), reverse=True)


def test_paths_look_different_and_unlike_courses() -> None:
    paths = {path_drawing_of(f"path-{number}", 5).near for number in range(200)}
    assert len(paths) == 200
    assert drawing_of("path-1").near not in paths
