"""What an attempt was worth, and what becomes of it in the learner's progress."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from accounts.enums import Role
from accounts.person import Person
from accounts.store import names_of
from core import clock
from core.errors import NotFound, Stale
from core.events import Event, telling
from lms.enums import AttemptStatus, ProgressStatus
from lms.models import Attempt, LessonProgress
from lms.rules.quizzes import Quiz, attempts, drawing, grading
from lms.services import learning
from lms.services.learning import Learning
from lms.store import quizzes as store

logger = logging.getLogger(__name__)
_TRIES = 5
_DAYS_BACK = 14
"""How far back the sweep looks: what is older was missed by a fortnight of sweeps, and is finished when it is read."""


def quiz_of(attempt: Attempt) -> Quiz:
    """The questions that its marks come from."""
    return store.quiz_at(attempt.course_id, int(attempt.graded_version or attempt.course_version), attempt.lesson_id)


def grade_of(attempt: Attempt, quiz: Quiz) -> grading.Grade:
    asked = [one.question_id for one in drawing.drawn_from(attempt.drawn)]
    given = {question_id: kept["value"] for question_id, kept in (attempt.answers or {}).items()}
    return grading.grade(quiz, asked, given)


def finish(attempt: Attempt, status: AttemptStatus, at: datetime, by: Person) -> Attempt:
    """Grades it and tells her progress. Raises Stale when it was changed meanwhile."""
    put_marks(attempt, grade_of(attempt, quiz_of(attempt)))
    attempt.status, attempt.finished_at, attempt.open_until = status.value, at, None
    attempt.updated_at = clock.now()
    props = props_of(attempt) | {"earned": attempt.earned, "total": attempt.total, "ended_by": status.value}
    names = ("quiz.submitted", "quiz.passed" if attempt.passed else "quiz.failed")
    with telling(*(Event(name, attempt.lesson_id, by.user_id, props) for name in names)):
        store.save_attempt(attempt)
        settle(by, attempt.course_id, attempt.lesson_id)
    return attempt


def put_marks(attempt: Attempt, graded: grading.Grade) -> None:
    attempt.marks, attempt.earned, attempt.total = dict(graded.marks), graded.earned, graded.total
    attempt.passed = graded.passed(int(attempt.pass_mark))


def finish_by_clock(attempt: Attempt, by: Person) -> Attempt:
    """With what was saved, as of its deadline: the same whoever notices, and whenever."""
    return _finish_unless_closed(attempt, attempt.deadline_at or clock.now(), by)


def finish_now(attempt: Attempt, by: Person) -> Attempt:
    return _finish_unless_closed(attempt, clock.now(), by)


def _finish_unless_closed(attempt: Attempt, at: datetime, by: Person) -> Attempt:
    for _ in range(_TRIES):
        if attempt.status != AttemptStatus.IN_PROGRESS:
            return attempt
        try:
            return finish(attempt, AttemptStatus.EXPIRED, at, by)
        except Stale:
            attempt = store.attempt_of(attempt.user_id, attempt.lesson_id, int(attempt.number))
    raise Stale()


def finish_overdue(now: datetime) -> int:
    """Finishes what the clock has ended and nobody has looked at since; gives how many. For a job."""
    return sum(_finished_overdue(attempt) for attempt in _overdue(now))


def _finished_overdue(attempt: Attempt) -> bool:
    """One that cannot be finished must not keep the others from it; it is tried again at the next sweep."""
    try:
        fresh = store.attempt_of(attempt.user_id, attempt.lesson_id, int(attempt.number))
        if fresh.status != AttemptStatus.IN_PROGRESS:
            return False
        finish_by_clock(fresh, learner(attempt.user_id))
    except Exception:
        logger.exception("attempt not finished", extra={"lesson_id": attempt.lesson_id, "number": int(attempt.number)})
        return False
    return True


def _overdue(now: datetime) -> Iterator[Attempt]:
    before = now - attempts.GRACE
    for days in range(_DAYS_BACK + 1):
        yield from list(store.overdue((before - timedelta(days=days)).date(), before))


def learner(user_id: str) -> Person:
    """Somebody else, for what is written in her progress: it takes no more than a Viewer's rights."""
    return Person(user_id, names_of([user_id]).get(user_id, ""), Role.VIEWER)


def settle(by: Person, course_id: str, lesson_id: str) -> Learning | None:
    """Brings her progress to what her attempts say now.

    None where the lesson is no longer hers to learn, or where too much is written at this moment: what is missing then
    is made up for when she looks at the quiz again, see `is_behind`.
    """

    def take_over(row: LessonProgress) -> None:
        score = score_of(taken, lesson_id)
        row.points, row.points_possible = (score.earned, score.total) if score else (None, None)
        if score and score.passed:
            row.status = ProgressStatus.COMPLETED.value

    try:
        taken = learning.load(by, course_id, fresh=True)
        return learning.record(course_id=course_id, lesson_id=lesson_id, change=take_over, by=by)
    except (NotFound, Stale):
        return None


def is_behind(taken: Learning, lesson_id: str, score: attempts.Score | None) -> bool:
    """A pass was graded and did not reach her progress."""
    done = taken.standing(lesson_id).status is ProgressStatus.COMPLETED
    return bool(score and score.passed) and not done


def score_of(taken: Learning, lesson_id: str, every: Sequence[Attempt] | None = None) -> attempts.Score | None:
    """What counts of her attempts; read afresh unless they are given."""
    quiz = store.quiz_at(taken.outline.course_id, taken.outline.version, lesson_id)
    found = store.attempts_of(taken.person.user_id, lesson_id) if every is None else every
    return attempts.score(quiz.score_policy, tries_of(taken, lesson_id, found), quiz.pass_mark)


def tries_of(taken: Learning, lesson_id: str, every: Sequence[Attempt]) -> list[attempts.Try]:
    return [try_of(attempt) for attempt in every if belongs(taken, lesson_id, attempt)]


def belongs(taken: Learning, lesson_id: str, attempt: Attempt) -> bool:
    """To the present cycle, and to questions that do not have to be answered again."""
    entry = taken.outline.by_id[lesson_id]
    redone = taken.finished or int(attempt.course_version) >= entry.redo_from
    return int(attempt.cycle) == taken.cycle and redone


def try_of(attempt: Attempt) -> attempts.Try:
    return attempts.Try(
        number=int(attempt.number),
        status=AttemptStatus(attempt.status),
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        earned=int(attempt.earned or 0),
        total=int(attempt.total or 0),
        passed=bool(attempt.passed),
    )


def props_of(attempt: Attempt) -> dict[str, str | int | bool | None]:
    return {
        "course_id": attempt.course_id,
        "version": int(attempt.course_version),
        "number": int(attempt.number),
    }
