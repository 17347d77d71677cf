"""Authors at the same moment, run inside the portal's own environment: real threads, its rights, the local cloud.

Prints one line of JSON: what became of each race.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from core.errors import PortalError, Stale
from core.testing import CARL, RITA
from lms import store
from lms.models import Course
from lms.services import courses, lessons, publishing
from lms.services.lesson_order import arranged
from lms.tests.factories import make_course, make_draft, text

AT_ONCE = 6


def run() -> None:
    races: tuple[Callable[[], dict[str, Any]], ...] = (moves, texts, same_text, publications)
    sys.stdout.write(f"RACES {json.dumps({race.__name__: race() for race in races})}\n")


def moves() -> dict[str, Any]:
    """Everybody moves another lesson; whoever loses is told, and what remains is an order."""
    course = make_draft(lesson_count=AT_ONCE)
    ids = [lesson.lesson_id for lesson in store.lessons_of(course.course_id)]
    done = _together(
        lambda n: lessons.step(course_id=course.course_id, lesson_id=ids[n], down=n % 2 == 0, by=(CARL, RITA)[n % 2])
    )
    after = store.lessons_of(course.course_id, fresh=True)
    numbers = [int(lesson.order_index) for lesson in after]
    return {
        "someone": "done" in done,
        "others": sorted(set(done) - {"done"}) in ([], ["Stale"]),
        "numbers": numbers,
        "nobody_lost": {lesson.lesson_id for lesson in after} == set(ids),
    }


def texts() -> dict[str, Any]:
    """Each writes in a lesson of her own while one moves them about: every text is kept."""
    course = make_draft(lesson_count=AT_ONCE)
    rows = store.lessons_of(course.course_id)

    def write(n: int) -> None:
        if n == 0:
            lessons.step(course_id=course.course_id, lesson_id=rows[0].lesson_id, down=True, by=RITA)
            return
        place = {"course_id": course.course_id, "lesson_id": rows[n].lesson_id, "seen_rev": rows[n].text_rev}
        lessons.edit(**place, fields=text(f"Text {n}"), by=CARL)

    done = _together(write)
    titles = {lesson.title for lesson in store.lessons_of(course.course_id, fresh=True)}
    kept = {f"Text {n}" for n in range(1, AT_ONCE) if done[n] == "done"}
    return {"kept": kept <= titles, "most": len(kept)}


def same_text() -> dict[str, Any]:
    """All save the same lesson, as they have read it: one of them wins."""
    course = make_draft(lesson_count=1)
    (row,) = store.lessons_of(course.course_id)
    place = {"course_id": course.course_id, "lesson_id": row.lesson_id, "seen_rev": row.text_rev}
    done = _together(lambda n: lessons.edit(**place, fields=text(f"Text {n}"), by=(CARL, RITA)[n % 2]))
    return {"won": done.count("done"), "stale": done.count("Stale")}


def publications() -> dict[str, Any]:
    """Approvers publish while an author writes: what is live is one whole snapshot, and says what was checked."""
    course = make_course(lesson_count=3)
    rows = store.lessons_of(course.course_id)
    for row in rows:
        _edit(course, row.lesson_id, "Before")

    def act(n: int) -> None:
        if n == 0:
            _edit(course, rows[0].lesson_id, "Meanwhile")
        else:
            publishing.publish(course_id=course.course_id, by=RITA)

    _together(act)
    live = courses.readable(course.course_id, RITA)
    version = int(live.version)
    outline = store.outline_of(course.course_id, version)
    said = [store.published_lesson(course.course_id, version, one.lesson_id)["title"] for one in outline.lessons]
    same_as_draft = said == [lesson.title for lesson in arranged(live)[1]]
    return {
        "whole": [one.title for one in outline.lessons] == said,
        "honest": same_as_draft or bool(live.draft_changed),
        "numbered": len(store.versions_of(course.course_id, int(live.last_version))) >= 1,
    }


def _edit(course: Course, lesson_id: str, title: str) -> None:
    seen = store.lesson_by_id(course.course_id, lesson_id, fresh=True).text_rev
    lessons.edit(course_id=course.course_id, lesson_id=lesson_id, fields=text(title), seen_rev=seen, by=CARL)


def _together(act: Callable[[int], Any], count: int = AT_ONCE) -> list[str]:
    """What became of each: `done`, or the name of what it was told."""
    gate = Barrier(count)

    def wait_and_act(number: int) -> str:
        gate.wait()
        try:
            act(number)
        except Stale:
            return "Stale"
        except PortalError as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(wait_and_act, range(count)))
