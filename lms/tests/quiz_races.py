"""Races at a quiz, run inside the portal's own environment: real threads, the portal's rights, the local cloud.

Prints one line of JSON: what became of each race.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from accounts.person import Person
from core.errors import PortalError
from core.events import Event, listens_to
from core.testing import RITA, VERA
from lms import store
from lms.services import attempts, learning, publishing
from lms.store.quizzes import attempts_of
from lms.tests.quiz_factories import EVERY_TYPE, MULTIPLE, RIGHT, SINGLE, answer, published_quiz, quiz

AT_ONCE = 6
_heard: list[str] = []


def run() -> None:
    listens_to("quiz.*")(_hear)
    races: tuple[Callable[[], dict[str, Any]], ...] = (starts, submits, limits, answers, publishes)
    sys.stdout.write(f"RACES {json.dumps({race.__name__: race() for race in races})}\n")


def starts() -> dict[str, Any]:
    """Tabs that start at once."""
    place = published_quiz(quiz(SINGLE, attempt_limit=3))
    numbers = _together(lambda _: int(_start(place).number))
    return {"numbers": sorted(set(numbers)), "attempts": len(attempts_of(VERA.user_id, place[1]))}


def submits() -> dict[str, Any]:
    """The same attempt, handed in several times at once."""
    place = published_quiz()
    attempt = _start(place)
    answer(attempt, "q-single", "o-early", by=VERA)
    _heard.clear()
    done = _together(lambda _: _submit(place, 1))
    (kept,) = attempts_of(VERA.user_id, place[1])
    return {
        "graded": len({(one.finished_at, one.earned, int(one.rev)) for one in [*done, kept]}),
        "told": sorted(_heard),
        "finished": learning.load(VERA, place[0], fresh=True).finished,
    }


def limits() -> dict[str, Any]:
    """One attempt is left, and several tabs start."""
    place = published_quiz(quiz(SINGLE, attempt_limit=2))
    _start(place)
    _submit(place, 1)
    _together(lambda _: _start(place))
    _submit(place, 2)
    refused = _together(lambda _: _refused(place))
    return {"attempts": len(attempts_of(VERA.user_id, place[1])), "refused": refused.count(True)}


def answers() -> dict[str, Any]:
    """Two tabs answer different questions at once, each as quickly as it can."""
    place = published_quiz(quiz(*EVERY_TYPE))
    attempt = _start(place)
    ids = [one.question_id for one in EVERY_TYPE]
    _together(lambda number: answer(attempt, ids[number], RIGHT[ids[number]], by=VERA), len(ids))
    done = _submit(place, 1)
    return {"earned": int(done.earned or 0), "total": int(done.total or 0)}


def publishes() -> dict[str, Any]:
    """The course is published again, with another quiz, while attempts are handed in."""
    place = published_quiz()
    people = [Person(f"sub-racer-{number}", f"Racer {number}", VERA.role) for number in range(AT_ONCE - 1)]
    for person in people:
        answer(_start(place, person), "q-single", "o-early", by=person)
    lesson = store.lesson_by_id(*place, fresh=True)
    lesson.content = quiz(MULTIPLE).to_content()
    store.save_lesson(lesson, audit=())

    def act(number: int) -> Any:
        if number == len(people):
            return publishing.publish(course_id=place[0], by=RITA)
        return _submit(place, 1, people[number])

    _together(act)
    finished = [learning.load(person, place[0], fresh=True).finished for person in people]
    graded = [attempts_of(person.user_id, place[1])[0] for person in people]
    return {"finished": sum(finished), "passed": sum(bool(one.passed) for one in graded), "of": len(people)}


def _hear(event: Event) -> None:
    _heard.append(event.name)


def _start(place: tuple[str, str], by: Person = VERA) -> Any:
    return attempts.start(course_id=place[0], lesson_id=place[1], by=by)


def _submit(place: tuple[str, str], number: int, by: Person = VERA) -> Any:
    return attempts.submit(course_id=place[0], lesson_id=place[1], number=number, by=by)


def _refused(place: tuple[str, str]) -> bool:
    try:
        _start(place)
    except PortalError:
        return True
    return False


def _together(act: Callable[[int], Any], count: int = AT_ONCE) -> list[Any]:
    ready = Barrier(count)

    def one(number: int) -> Any:
        ready.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
