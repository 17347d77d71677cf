"""What became of an attempt that is over, and whether there is another one to be had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import clock
from lms.enums import AttemptStatus
from lms.models import Attempt
from lms.parts.quiz import Past, past_of
from lms.parts.quiz_result import Answered, answered
from lms.rules.outline import Entry
from lms.rules.quizzes import Quiz
from lms.rules.quizzes import attempts as rules
from lms.services import attempts, grading
from lms.services.learning import Learning
from lms.store.quizzes import attempts_of, quiz_at


@dataclass(frozen=True)
class Result:
    """`entry` is None where the lesson is gone from the course. `left` None is as many as one likes."""

    past: Past
    questions: Sequence[Answered]
    with_feedback: bool
    quiz: Quiz
    may_retry: bool
    why_not: str
    left: int | None
    waits_until: datetime | None
    entry: Entry | None
    following: Entry | None
    expired: bool
    void: bool


def own_attempt(taken: Learning, lesson_id: str, number: int) -> Attempt:
    """Hers, ended if its time is up. Raises NotFound."""
    found = attempts.own(course_id=taken.outline.course_id, lesson_id=lesson_id, number=number, by=taken.person)
    if found.status == AttemptStatus.IN_PROGRESS and rules.is_over(found.deadline_at, clock.now()):
        return grading.finish_by_clock(found, taken.person)
    return found


def result_of(taken: Learning, found: Attempt) -> Result:
    quiz, now = grading.quiz_of(found), clock.now()
    every = attempts_of(found.user_id, found.lesson_id)
    entry = taken.outline.by_id.get(found.lesson_id)
    tries = [grading.try_of(one) for one in every if one.cycle == found.cycle]
    after = ""
    if entry:
        quiz = quiz_at(found.course_id, taken.outline.version, found.lesson_id)
        tries = grading.tries_of(taken, found.lesson_id, every)
        after = attempts.refusal(quiz, tries, now)
        if grading.is_behind(taken, found.lesson_id, rules.score(quiz.score_policy, tries, quiz.pass_mark)):
            grading.settle(taken.person, found.course_id, found.lesson_id)
    shown = grading.try_of(found).finished and rules.shows_feedback(quiz, tries, now)
    return Result(
        past=past_of(found),
        questions=answered(found, with_feedback=shown),
        with_feedback=shown,
        quiz=quiz,
        may_retry=entry is not None and not after,
        why_not=after,
        left=rules.attempts_left(quiz, tries),
        waits_until=rules.may_start_at(quiz, tries),
        entry=entry,
        following=taken.outline.beside(found.lesson_id)[1] if entry else None,
        expired=found.status == AttemptStatus.EXPIRED,
        void=found.status == AttemptStatus.VOID,
    )
