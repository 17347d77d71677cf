"""Run within a live portal by `test_assignment_races_live`: several who do at once what must happen once."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from core import clock
from core.errors import PortalError
from core.events import Event, listens_to
from core.testing import ANA, CORA, RITA, VERA
from lms.services import assignments, learning, paths
from lms.services.assignments import When
from lms.store import assignments as store
from lms.store import learning as rows
from lms.tests.assignment_factories import again, assign, order
from lms.tests.factories import lesson_ids, make_course
from lms.tests.path_factories import make_path

AT_ONCE = 8


def together(*deeds: Callable[[], Any]) -> list[Any]:
    def tried(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        except PortalError as error:
            return type(error).__name__

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(tried, deeds))


def assigns() -> dict[str, Any]:
    """Two managers, several clicks each, one person and one course."""
    course = make_course()

    def give(by: Any) -> str:
        (given,) = assignments.assign(user_ids=[VERA.user_id], order=order(course), by=by)
        return str(given.outcome)

    outcomes = together(*[lambda by=by: give(by) for by in (RITA, ANA) * (AT_ONCE // 2)])  # type: ignore[misc]
    mine = [one for one in store.assignments_of(VERA.user_id, fresh=True) if one.course_id == course.course_id]
    return {"assignments": len(mine), "told_so": outcomes.count("assigned")}


def completes() -> dict[str, Any]:
    """She completes the course in several tabs while it is assigned to her and its date is changed."""
    course = make_course(lesson_count=1)
    first = assign(course)
    (lesson_id,) = lesson_ids(course)

    def complete() -> None:
        learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_id, by=VERA)

    def extend() -> None:
        when = When(day=date(2099, 2, 28))
        assignments.extend(user_id=VERA.user_id, assignment_id=first.assignment_id, when=when, by=RITA)

    told: list[Event] = []
    listens_to("assignment.completed")(told.append)
    together(*[complete] * 3, *[extend] * 3)
    done = again(first)
    return {"status": done.status, "told": len([one for one in told if one.object_id == first.assignment_id])}


def late_ones() -> dict[str, Any]:
    """What is assigned in the moment of completion is completed, too, whoever comes first."""
    states = []
    for _number in range(4):
        course = make_course(lesson_count=1)
        (lesson_id,) = lesson_ids(course)
        together(
            lambda: learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_id, by=CORA),  # noqa: B023
            lambda: list(assignments.assign(user_ids=[CORA.user_id], order=order(course), by=RITA)),  # noqa: B023
        )
        states += [
            one.status for one in store.assignments_of(CORA.user_id, fresh=True) if one.course_id == course.course_id
        ]
    return {"states": sorted(set(states)), "count": len(states)}


def reminds() -> dict[str, Any]:
    """Sweeps from several places at once."""
    course = make_course()
    now = clock.now()
    one = assign(course, when=When(day=date(now.year + 1, 3, 1)))
    later = one.due_at.replace(microsecond=1)
    told: list[Event] = []
    listens_to("assignment.became_overdue")(told.append)
    together(*[lambda: assignments.remind(later)] * AT_ONCE)
    return {"overdue": len([event for event in told if event.object_id == one.assignment_id])}


def finishes() -> dict[str, Any]:
    """The last two courses of a path in two tabs."""
    courses = [make_course(title=title, lesson_count=1) for title in "AB"]
    path = make_path(*courses, sequential=False)
    paths.begin(path_id=path.path_id, by=VERA)
    told: list[Event] = []
    listens_to("path.completed")(told.append)

    def complete(course: Any) -> None:
        learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)

    together(*[lambda course=course: complete(course) for course in courses])  # type: ignore[misc]
    paths.settle(paths.load(VERA, path.path_id, fresh=True))
    row = rows.path_progress(VERA.user_id, path.path_id, fresh=True)
    return {"percent": int(row.progress_percentage) if row else 0, "told": len(told)}


def run() -> None:
    races = (assigns, completes, late_ones, reminds, finishes)
    print("RACES", json.dumps({race.__name__: race() for race in races}))  # noqa: T201
