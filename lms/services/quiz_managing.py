"""What authors and managers do with the attempts of a quiz: looking at how its questions did, setting attempts aside,
and grading them again after a question was put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.permissions import Permission, can, require
from accounts.person import Person
from accounts.store import audit_entry
from core import clock
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event, publish
from lms.enums import AttemptStatus
from lms.models import Attempt
from lms.rules.quizzes import Quiz, analysis, drawing
from lms.rules.quizzes.attempts import FINISHED
from lms.rules.quizzes.grading import Grade
from lms.services import courses, grading, quizzes
from lms.store import quizzes as store

QUIZ = "quiz"
"""What the audit log calls it; its id there names the course, too."""
MOST_REASON = 1_000
_TRIES = 5


@dataclass(frozen=True)
class Regraded:
    """An attempt, and what it would be worth on the questions that learners have now."""

    attempt: Attempt
    grade: Grade
    passed: bool

    @property
    def raised(self) -> bool:
        return self.passed and not self.attempt.passed

    @property
    def lowered(self) -> bool:
        return bool(self.attempt.passed) and not self.passed


def audit_id(course_id: str, lesson_id: str) -> str:
    return f"{course_id}.{lesson_id}"


def place_of(object_id: str) -> tuple[str, str]:
    """Course and lesson of an `audit_id`."""
    course_id, _, lesson_id = object_id.partition(".")
    return course_id, lesson_id


def manages(by: Person) -> bool:
    return can(by, Permission.LEARNING_ASSIGN)


def analyse(*, course_id: str, lesson_id: str, by: Person) -> analysis.Analysis:
    """Of the latest thousand attempts. For authors and Approvers; no name and no id of a learner comes with it."""
    quizzes.for_its_authors(course_id=course_id, lesson_id=lesson_id, by=by)
    finished = [one for one in store.latest_attempts(lesson_id) if one.status in FINISHED]
    return analysis.analyse([_sat(attempt) for attempt in finished if attempt.course_id == course_id])


def latest(*, course_id: str, lesson_id: str, by: Person) -> list[Attempt]:
    """The latest thousand attempts of everybody, the newest first. Raises Refused, NotFound."""
    _check_manages(course_id, by)
    return [one for one in store.latest_attempts(lesson_id) if one.course_id == course_id]


def attempt_for_managing(*, course_id: str, lesson_id: str, user_id: str, number: int, by: Person) -> Attempt:
    _check_manages(course_id, by)
    attempt = store.attempt_of(user_id, lesson_id, number)
    if attempt.course_id != course_id:
        raise NotFound()
    return attempt


def void(*, course_id: str, lesson_id: str, user_id: str, number: int, reason: str, by: Person) -> Attempt:
    """Sets an attempt aside: it counts no more, and its learner has it back. What she completed stays completed."""
    if not reason.strip() or len(reason) > MOST_REASON:
        raise Invalid(fields={"reason": "Say why. It stands in the audit log."})
    for _ in range(_TRIES):
        attempt = attempt_for_managing(course_id=course_id, lesson_id=lesson_id, user_id=user_id, number=number, by=by)
        if attempt.status == AttemptStatus.VOID:
            return attempt
        before = attempt.status
        attempt.status, attempt.open_until, attempt.updated_at = AttemptStatus.VOID.value, None, clock.now()
        changes = {"attempt": number, "person": user_id, "before": before}
        entry = _entry("quiz.attempt_voided", attempt, by, changes=changes, reason=reason.strip())
        try:
            store.save_attempt(attempt, audit=[entry])
        except Stale:
            continue  # its learner was answering
        grading.settle(grading.learner(user_id), course_id, lesson_id)
        return attempt
    raise Stale()


def preview_regrade(*, course_id: str, lesson_id: str, by: Person) -> list[Regraded]:
    """Attempts whose points would change on the questions that learners have now."""
    course = courses.readable(course_id, by)
    require(by, Permission.LEARNING_ASSIGN)
    if not course.version:
        return []
    version = int(course.version)
    quiz = store.quiz_at(course_id, version, lesson_id)
    finished = [one for one in store.latest_attempts(lesson_id) if one.status in FINISHED]
    found = (_regraded(attempt, quiz) for attempt in finished if attempt.course_id == course_id)
    return [one for one in found if one is not None]


def regrade(*, course_id: str, lesson_id: str, by: Person, lower: bool = False) -> list[Regraded]:
    """Gives attempts the points they are worth now. One that would no longer be passed is left as it is, unless an
    Admin says `lower`; even then, what was completed stays completed. Raises Refused."""
    if lower and not can(by, Permission.CERTIFICATES_REVOKE):
        raise Refused("Only an Admin may take a pass away.")
    version = int(courses.readable(course_id, by).version)
    changed = preview_regrade(course_id=course_id, lesson_id=lesson_id, by=by)
    done = [one for one in changed if (lower or not one.lowered) and _put(one, version, by)]
    if done:
        publish(Event("quiz.regraded", lesson_id, by.user_id, {"course_id": course_id, "attempts": len(done)}))
    for user_id in dict.fromkeys(one.attempt.user_id for one in done):
        grading.settle(grading.learner(user_id), course_id, lesson_id)
    return done


def _put(one: Regraded, version: int, by: Person) -> bool:
    """False where the attempt was changed meanwhile: the next regrade finds it again."""
    attempt = store.attempt_of(one.attempt.user_id, one.attempt.lesson_id, int(one.attempt.number))
    if attempt.rev != one.attempt.rev:
        return False
    changes = {
        "attempt": int(attempt.number),
        "person": attempt.user_id,
        "earned": {"before": attempt.earned, "after": one.grade.earned},
        "passed": {"before": attempt.passed, "after": one.passed},
    }
    attempt.marks, attempt.earned, attempt.total = dict(one.grade.marks), one.grade.earned, one.grade.total
    attempt.passed, attempt.graded_version, attempt.updated_at = one.passed, version, clock.now()
    try:
        store.save_attempt(attempt, audit=[_entry("quiz.attempt_regraded", attempt, by, changes=changes)])
    except Stale:
        return False
    return True


def _regraded(attempt: Attempt, quiz: Quiz) -> Regraded | None:
    """None where nothing changes, or where a question it asked is no longer there to be graded by."""
    if any(one.question_id not in quiz.by_id for one in drawing.drawn_from(attempt.drawn)):
        return None
    grade = grading.grade_of(attempt, quiz)
    if dict(grade.marks) == attempt.marks and grade.total == attempt.total:
        return None
    return Regraded(attempt, grade, grade.passed(int(attempt.pass_mark)))


def _sat(attempt: Attempt) -> analysis.Sat:
    quiz = grading.quiz_of(attempt)
    asked: Sequence[str] = [one.question_id for one in drawing.drawn_from(attempt.drawn)]
    return analysis.Sat(
        questions=[quiz.by_id[question_id] for question_id in asked],
        answers={question_id: kept["value"] for question_id, kept in (attempt.answers or {}).items()},
        marks=attempt.marks or {},
        passed=bool(attempt.passed),
    )


def _check_manages(course_id: str, by: Person) -> None:
    courses.readable(course_id, by)
    require(by, Permission.LEARNING_ASSIGN)


def _entry(action: str, attempt: Attempt, by: Person, **details: Any) -> Any:
    about = audit_id(attempt.course_id, attempt.lesson_id)
    return audit_entry(by=by, action=action, object_type=QUIZ, object_id=about, **details)
