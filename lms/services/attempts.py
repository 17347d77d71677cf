"""A learner at a quiz: starting an attempt, keeping each answer, handing in.

Every write is conditional on what was read, and the loser of two reads again: so two tabs start one attempt, no answer
is lost, and nothing is graded twice. An attempt runs on the questions of the course version that it began with.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.person import Person
from core import clock
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event, telling
from lms.enums import AttemptStatus, LessonType
from lms.models import Attempt
from lms.rules.quizzes import Quiz, answers, attempts, drawing
from lms.services import grading, learning
from lms.services.learning import Learning
from lms.store import quizzes as store

_TRIES = 8
_SECONDS_AHEAD = 24 * 60 * 60
"""How far a browser's clock may be ahead of ours: answers are numbered by it."""

Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Posted:
    """An answer as a page sent it, and the number of the saved one that the page knew."""

    given: Given
    seen_rev: int = 0


@dataclass(frozen=True)
class Saved:
    """`rev` and `at` are those of the answer that is kept now; `taken` says whether it is the one that was sent."""

    rev: int
    at: datetime
    taken: bool = True


def start(*, course_id: str, lesson_id: str, by: Person) -> Attempt:
    """The open attempt, when there is one. Raises NotFound; Refused with the reason why none may be started."""
    for _ in range(_TRIES):
        taken = learning.load(by, course_id, fresh=True)
        every = mine(taken, lesson_id)
        if every and every[-1].status == AttemptStatus.IN_PROGRESS:
            return every[-1]
        if len(every) >= store.MOST_OF_ONE:
            raise Refused("You have tried this quiz so often that no further attempt can be kept.")
        quiz = store.quiz_at(course_id, taken.outline.version, lesson_id)
        now = clock.now()
        if reason := refusal(quiz, grading.tries_of(taken, lesson_id, every), now):
            raise Refused(reason)
        attempt = _new_attempt(taken, quiz, lesson_id, len(every) + 1, now)
        try:
            with telling(Event("quiz.started", lesson_id, by.user_id, grading.props_of(attempt))):
                store.save_attempt(attempt)
        except Stale:
            continue  # another tab was first
        return attempt
    raise Stale()


def mine(taken: Learning, lesson_id: str) -> list[Attempt]:
    """Her attempts, the first one first; what the clock has finished is finished. Raises NotFound."""
    entry = taken.entry(lesson_id)
    if entry.lesson_type is not LessonType.QUIZ:
        raise NotFound()
    every = store.attempts_of(taken.person.user_id, lesson_id)
    if every and every[-1].status == AttemptStatus.IN_PROGRESS:
        last = every[-1]
        if not grading.belongs(taken, lesson_id, last):
            every[-1] = grading.finish_now(last, taken.person)  # begun in a cycle, or on questions, that are over
        elif attempts.is_over(last.deadline_at, clock.now()):
            every[-1] = grading.finish_by_clock(last, taken.person)
    return every


def refusal(quiz: Quiz, tries: Sequence[attempts.Try], now: datetime) -> str:
    """Why no attempt can be started; empty when one can."""
    if not quiz.questions:
        return "This quiz has no questions."
    if attempts.is_closed(quiz, now):
        return "This quiz is closed."
    if attempts.attempts_left(quiz, tries) == 0:
        return "You have used all attempts at this quiz."
    opens = attempts.may_start_at(quiz, tries)
    if opens and now < opens:
        return "You can try again later: there is a pause between attempts."
    return ""


def own(*, course_id: str, lesson_id: str, number: int, by: Person) -> Attempt:
    """Raises NotFound for whatever is not an attempt of hers at this quiz."""
    attempt = store.attempt_of(by.user_id, lesson_id, number)
    if attempt.course_id != course_id:
        raise NotFound()
    return attempt


def save(*, course_id: str, lesson_id: str, number: int, question_id: str, given: Given, rev: int, by: Person) -> Saved:
    """Keeps one answer unless a newer one is kept already. Raises Invalid, Refused, NotFound."""
    now = clock.now()
    if not 0 < rev <= int((now.timestamp() + _SECONDS_AHEAD) * 1000):
        raise Invalid("This answer says that it was given at an impossible time. Check the clock of your device.")
    for _ in range(_TRIES):
        attempt = own(course_id=course_id, lesson_id=lesson_id, number=number, by=by)
        _check_open(attempt, now)
        value = _read(_drawn(attempt, question_id), given)
        kept = (attempt.answers or {}).get(question_id)
        if kept and rev <= kept["rev"]:
            return Saved(kept["rev"], clock.parse(kept["at"]), taken=value == kept["value"])
        _keep(attempt, question_id, value, rev, now)
        try:
            store.save_attempt(attempt)
        except Stale:
            continue  # an answer to another question was kept meanwhile
        return Saved(rev, now)
    raise Stale()


def save_all(
    *, course_id: str, lesson_id: str, number: int, posted: Mapping[str, Posted], by: Person
) -> tuple[Attempt, int]:
    """Keeps the answers of a whole page; gives, too, how many gave way to newer ones. Raises Invalid, Refused, NotFound."""
    for _ in range(_TRIES):
        attempt = own(course_id=course_id, lesson_id=lesson_id, number=number, by=by)
        now = clock.now()
        _check_open(attempt, now)
        changed, passed_over = _take(attempt, posted, now)
        if not changed:
            return attempt, passed_over
        try:
            store.save_attempt(attempt)
        except Stale:
            continue
        return attempt, passed_over
    raise Stale()


def submit(
    *, course_id: str, lesson_id: str, number: int, by: Person, posted: Mapping[str, Posted] | None = None
) -> Attempt:
    """Hands in what is saved and what was posted with it. The second time it changes nothing.

    What comes after the deadline and its grace is too late: then the saved answers count.
    """
    for _ in range(_TRIES):
        attempt = own(course_id=course_id, lesson_id=lesson_id, number=number, by=by)
        now = clock.now()
        if attempt.status != AttemptStatus.IN_PROGRESS:
            return attempt
        if attempts.is_over(attempt.deadline_at, now):
            return grading.finish_by_clock(attempt, by)
        _take(attempt, posted or {}, now)
        try:
            return grading.finish(attempt, AttemptStatus.GRADED, now, by)
        except Stale:
            continue
    raise Stale()


def _new_attempt(taken: Learning, quiz: Quiz, lesson_id: str, number: int, now: datetime) -> Attempt:
    seed = secrets.randbits(53)
    until = attempts.deadline(quiz, now)
    return Attempt(
        user_id=taken.person.user_id,
        key=store.attempt_key(lesson_id, number),
        lesson_id=lesson_id,
        course_id=taken.outline.course_id,
        course_version=taken.outline.version,
        number=number,
        cycle=taken.cycle,
        status=AttemptStatus.IN_PROGRESS.value,
        seed=seed,
        drawn=[one.to_data() for one in drawing.draw(quiz, seed)],
        answers={},
        pass_mark=quiz.pass_mark,
        started_at=now,
        deadline_at=until,
        open_until=store.utc_day(until),
        created_at=now,
        updated_at=now,
    )


def _check_open(attempt: Attempt, now: datetime) -> None:
    if attempt.status == AttemptStatus.VOID:
        raise Refused("This attempt was set aside. Open the quiz again to start a new one.")
    if attempt.status != AttemptStatus.IN_PROGRESS:
        raise Refused("This attempt has been handed in. Its answers cannot be changed any more.")
    if attempts.is_over(attempt.deadline_at, now):
        raise Refused("The time is up. The answers saved before count.")


def _drawn(attempt: Attempt, question_id: str) -> drawing.Drawn:
    for one in drawing.drawn_from(attempt.drawn):
        if one.question_id == question_id:
            return one
    raise Invalid("This question is not part of your attempt.")


def _read(drawn: drawing.Drawn, given: Given) -> answers.Answer:
    try:
        return answers.read(drawn, given)
    except answers.NotAnAnswer as error:
        raise Invalid(str(error)) from error


def _keep(attempt: Attempt, question_id: str, value: answers.Answer, rev: int, now: datetime) -> None:
    attempt.answers = {**(attempt.answers or {}), question_id: {"value": value, "rev": rev, "at": clock.iso(now)}}
    attempt.saved_at = attempt.updated_at = now


def _take(attempt: Attempt, posted: Mapping[str, Posted], now: datetime) -> tuple[bool, int]:
    """Whether something changed, and how many gave way to answers that were saved after their page was made."""
    changed, passed_over = False, 0
    for question_id, one in posted.items():
        value = _read(_drawn(attempt, question_id), one.given)
        kept = (attempt.answers or {}).get(question_id, {"value": None, "rev": 0})
        if value == kept["value"]:
            continue
        if kept["rev"] > one.seen_rev:
            passed_over += 1
            continue
        _keep(attempt, question_id, value, max(kept["rev"] + 1, int(now.timestamp() * 1000)), now)
        changed = True
    return changed, passed_over
