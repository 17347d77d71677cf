"""Races of one learner's tabs, run inside the portal's environment on the local cloud; prints what came of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from accounts.enums import Role
from accounts.person import Person
from core import events
from core.errors import PortalError
from core.events import Event
from core.ids import new_id
from core.testing import CARL, RITA
from lms import store
from lms.enums import LessonType
from lms.models import Course
from lms.services import learning, publishing, watching
from lms.services.watching import Said
from lms.store import learning as rows
from lms.tests.factories import add_lesson, lesson_ids, make_course, make_draft

TABS = 6
LENGTH = 60


def run() -> None:
    races = {
        "completions": completions(),
        "lessons": different_lessons(),
        "reports": reports(),
        "publishes": publishes(),
    }
    sys.stdout.write(f"RACES {json.dumps(races)}\n")


def learner() -> Person:
    return Person(new_id(), "Somebody", Role.VIEWER)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """The answers, or the errors, of calls that are made at the same moment, each in a thread."""
    barrier = Barrier(len(calls))

    def made(call: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return call()
        except PortalError as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(made, calls))


def heard(pattern: str, calls: Callable[[], Any]) -> list[str]:
    told: list[str] = []

    def note(event: Event) -> None:
        told.append(event.name)

    events.listens_to(pattern)(note)
    try:
        calls()
    finally:
        events._listeners.pop()
    return told


def completions() -> dict[str, Any]:
    """The last lesson, marked as done in every tab at once."""
    person, course = learner(), make_course(lesson_count=1)
    (lesson_id,) = lesson_ids(course)
    answers: list[Any] = []
    done = [lambda: learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_id, by=person)] * TABS
    told = heard("course.completed", lambda: answers.extend(at_once(*done)))
    moments = {str(answer.summary.completed_at) for answer in answers if not isinstance(answer, Exception)}
    kept = rows.course_progress(person.user_id, course.course_id, fresh=True)
    return {"told": told, "moments": len(moments), "kept": str(kept.completed_at) in moments, "failed": failed(answers)}


def different_lessons() -> dict[str, Any]:
    """Every lesson of a course, each in a tab of its own."""
    person, course = learner(), make_course(lesson_count=4)
    calls = [
        lambda lesson_id=lesson_id: learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_id, by=person)
        for lesson_id in lesson_ids(course)
    ]
    answers: list[Any] = []
    told = heard("course.completed", lambda: answers.extend(at_once(*calls)))
    taken = learning.load(person, course.course_id, fresh=True)
    return {"percent": taken.rollup.percent, "finished": taken.finished, "told": told, "failed": failed(answers)}


def reports() -> dict[str, Any]:
    """Two players that report at once: what either of them saw is kept."""
    person, (course, lesson_id) = learner(), video_course()
    tokens = [pass_of(person, course, lesson_id) for _ in range(2)]
    calls = [
        lambda token=token, place=place: watching.report(
            token=token, said=Said(1, 5, ((place * 20, place * 20 + 5),)), by=person
        )
        for place, token in enumerate(tokens)
    ]
    answers = at_once(*calls)
    row = rows.lesson_row(person.user_id, course.course_id, lesson_id)
    return {"ranges": row.ranges, "failed": failed(answers)}


def publishes() -> dict[str, Any]:
    """A lesson is done while the course is published anew."""
    person, course = learner(), make_course(lesson_count=1)
    (lesson_id,) = lesson_ids(course)
    answers = at_once(
        lambda: publishing.publish(course_id=course.course_id, by=RITA),
        *[lambda: learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_id, by=person)] * 2,
    )
    taken = learning.load(person, course.course_id, fresh=True)
    return {"finished": taken.finished, "failed": failed(answers[1:])}


def failed(answers: list[Any]) -> list[str]:
    return [repr(answer) for answer in answers if isinstance(answer, Exception)]


def video_course() -> tuple[Course, str]:
    draft = make_draft(owner=CARL, lesson_count=0)
    made = add_lesson(draft.course_id, LessonType.VIDEO, "The talk", {})
    lesson = store.lesson_by_id(draft.course_id, made.lesson_id, fresh=True)
    lesson.video_s3_key, lesson.duration_seconds = "media/one/source/talk.mp4", LENGTH
    lesson.content = {"duration_seconds": LENGTH, "length_known": True, "mime": "video/mp4", "name": "talk.mp4"}
    store.save_lesson(lesson, audit=())
    course = publishing.publish(course_id=draft.course_id, by=RITA)
    return course, lesson_ids(course)[0]


def pass_of(person: Person, course: Course, lesson_id: str) -> str:
    taken = learning.visit(course_id=course.course_id, lesson_id=lesson_id, by=person)
    lesson = store.published_lesson(course.course_id, taken.outline.version, lesson_id)
    return watching.pass_for(taken, lesson_id, lesson)
