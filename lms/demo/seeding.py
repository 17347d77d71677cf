"""Brings the demo's learning about. Again is the same as once: what is missing is added, what people did is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from core import clock
from core.errors import PortalError
from lms import store
from lms.demo import making
from lms.demo.curriculum import school
from lms.demo.making import Stage
from lms.demo.timeline import Step


def make(stage: Stage) -> Iterator[bool]:
    """Course by course, then path by path; says of each whether something was made now."""
    for plan in school().courses:
        yield bool(making.make_course(stage, plan))
    for path in school().paths:
        yield bool(making.make_path(stage, path))


def count_made() -> int:
    return len(school().courses) + len(school().paths)


def live(steps: list[Step]) -> Iterator[bool]:
    """What the demo's people did, see `timeline`; says of each step whether it was taken now."""
    for step in steps:
        yield _take(step)


def _take(step: Step) -> bool:
    try:
        with clock.at(step.moment):
            return step.take()
    except PortalError:
        return False


def census(stage: Stage) -> list[tuple[str, int]]:
    """How many of the demo courses are in each state."""
    found = store.courses_by_ids([stage.course_id(plan.slug) for plan in school().courses])
    return sorted(Counter(course.status for course in found).items())
