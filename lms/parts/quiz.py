"""What the page of a quiz lesson shows: what awaits the learner, or the questions of her open attempt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from accounts.http import Request
from core import clock
from lms.enums import AttemptStatus, Feedback, ProgressStatus, ScorePolicy
from lms.models import Attempt
from lms.parts.quiz_sheet import Sheet, sheet_of
from lms.rules.outline import Entry
from lms.rules.quizzes import Quiz, attempts
from lms.services import grading
from lms.services.attempts import mine, refusal
from lms.services.learning import Learning
from lms.store.quizzes import quiz_at


@dataclass(frozen=True)
class Past:
    number: int
    started_at: datetime
    state: str
    tone: str
    earned: int
    total: int
    percent: int
    counts: bool

    @property
    def icon(self) -> str:
        return {"success": "circle-check", "warning": "circle-x", "info": "circle-dot"}.get(self.tone, "circle-minus")


@dataclass(frozen=True)
class QuizPart:
    """`sheet` is the open attempt; `past` the others, the newest first."""

    course_id: str
    lesson_id: str
    quiz: Quiz
    minutes: int | None
    attempts_left: int | None
    waits_until: datetime | None
    closes_at: datetime | None
    refusal: str
    feedback: str
    policy: str
    score: attempts.Score | None
    passed: bool
    past: tuple[Past, ...]
    sheet: Sheet | None = None

    @property
    def percent(self) -> int:
        return 100 * self.score.earned // self.score.total if self.score and self.score.total else 0

    @property
    def points(self) -> int:
        """The most there is to earn, where every attempt asks the same."""
        return 0 if self.quiz.asked < len(self.quiz.questions) else sum(one.points for one in self.quiz.questions)


def part(request: Request, learning: Learning, entry: Entry, lesson: Mapping[str, Any]) -> QuizPart:
    """One request for the attempts of this learner; more only when the clock has finished one."""
    every = mine(learning, entry.lesson_id)
    quiz = quiz_at(learning.outline.course_id, learning.outline.version, entry.lesson_id)
    now = clock.now()
    tries = grading.tries_of(learning, entry.lesson_id, every)
    score = attempts.score(quiz.score_policy, tries, quiz.pass_mark)
    passed = learning.standing(entry.lesson_id).status is ProgressStatus.COMPLETED
    if grading.is_behind(learning, entry.lesson_id, score):
        passed = grading.settle(request.user, learning.outline.course_id, entry.lesson_id) is not None
    opens = attempts.may_start_at(quiz, tries)
    unfinished = every[-1] if every and every[-1].status == AttemptStatus.IN_PROGRESS else None
    return QuizPart(
        course_id=learning.outline.course_id,
        lesson_id=entry.lesson_id,
        quiz=quiz,
        minutes=attempts.minutes_there_are(quiz, now),
        attempts_left=attempts.attempts_left(quiz, tries),
        waits_until=opens if opens and opens > now else None,
        closes_at=attempts.closes_at(quiz),
        refusal=refusal(quiz, tries, now),
        feedback=feedback_words(quiz),
        policy=policy_words(quiz),
        score=score,
        passed=passed,
        past=tuple(map(past_of, reversed([one for one in every if one is not unfinished]))),
        sheet=sheet_of(unfinished) if unfinished else None,
    )


def past_of(attempt: Attempt) -> Past:
    earned, total = int(attempt.earned or 0), int(attempt.total or 0)
    state, tone = state_of(attempt)
    percent = 100 * earned // total if total else 0
    counts = attempt.status != AttemptStatus.VOID
    return Past(int(attempt.number), attempt.started_at, state, tone, earned, total, percent, counts)


def state_of(attempt: Attempt) -> tuple[str, str]:
    """In words, and their tone."""
    if attempt.status == AttemptStatus.VOID:
        return gettext("Set aside"), ""
    if attempt.status == AttemptStatus.IN_PROGRESS:
        return gettext("Not handed in"), "info"
    if attempt.passed:
        return gettext("Passed"), "success"
    return gettext("Not passed"), "warning"


def feedback_words(quiz: Quiz) -> str:
    return {
        Feedback.NEVER: gettext("You see your score, but not which answers were right."),
        Feedback.AFTER_ATTEMPT: gettext("You see the right answers as soon as you hand in."),
        Feedback.AFTER_PASS_OR_LAST: gettext("You see the right answers once you pass, or after your last attempt."),
    }[quiz.feedback]


def policy_words(quiz: Quiz) -> str:
    if quiz.attempt_limit == 1:
        return ""
    return {
        ScorePolicy.BEST: gettext("Your best attempt counts."),
        ScorePolicy.LAST: gettext("Your last attempt counts. Once passed, it stays passed."),
        ScorePolicy.FIRST: gettext("Your first attempt counts; the others are for practice."),
        ScorePolicy.AVERAGE: gettext("The average of your attempts counts. Once passed, it stays passed."),
    }[quiz.score_policy]
