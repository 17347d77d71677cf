"""Limits, deadlines, and which of somebody's attempts counts. Void attempts count for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from lms.enums import AttemptStatus, Feedback, ScorePolicy
from lms.rules.quizzes.grading import passes
from lms.rules.quizzes.quiz import Quiz

GRACE = timedelta(seconds=30)
"""For the network: what was handed in so shortly after the deadline was handed in before it."""
FINISHED = frozenset({AttemptStatus.GRADED, AttemptStatus.EXPIRED})


@dataclass(frozen=True)
class Try:
    """What the rules need of an attempt."""

    number: int
    status: AttemptStatus
    started_at: datetime
    finished_at: datetime | None = None
    earned: int = 0
    total: int = 0
    passed: bool = False

    @property
    def counts(self) -> bool:
        return self.status is not AttemptStatus.VOID

    @property
    def finished(self) -> bool:
        return self.status in FINISHED


@dataclass(frozen=True)
class Score:
    """What counts of all attempts. `passed` once is passed for good: see `services.learning`."""

    earned: int
    total: int
    passed: bool


def closes_at(quiz: Quiz) -> datetime | None:
    return datetime.fromisoformat(quiz.closes_at).astimezone(UTC) if quiz.closes_at else None


def deadline(quiz: Quiz, started_at: datetime) -> datetime | None:
    """The sooner of the time limit and the closing of the quiz."""
    limit = started_at + timedelta(minutes=quiz.time_limit_minutes) if quiz.time_limit_minutes else None
    return min((moment for moment in (limit, closes_at(quiz)) if moment), default=None)


def minutes_there_are(quiz: Quiz, now: datetime) -> int | None:
    """For an attempt that would start now; None without a limit."""
    until = deadline(quiz, now)
    return None if until is None else max(0, int((until - now).total_seconds()) // 60)


def is_over(deadline_at: datetime | None, now: datetime) -> bool:
    """Nothing is taken any more."""
    return deadline_at is not None and now > deadline_at + GRACE


def attempts_left(quiz: Quiz, tries: Sequence[Try]) -> int | None:
    """None for as many as one likes. An attempt counts from its start."""
    if not quiz.attempt_limit:
        return None
    return max(0, quiz.attempt_limit - sum(one.counts for one in tries))


def may_start_at(quiz: Quiz, tries: Sequence[Try]) -> datetime | None:
    """When the time to wait since the last attempt is over; None when there is none."""
    last = max((one.finished_at for one in tries if one.counts and one.finished_at), default=None)
    return last + timedelta(minutes=quiz.cooldown_minutes) if last and quiz.cooldown_minutes else None


def is_closed(quiz: Quiz, now: datetime) -> bool:
    until = closes_at(quiz)
    return until is not None and now >= until


def score(policy: ScorePolicy, tries: Sequence[Try], pass_mark: int) -> Score | None:
    """None before the first attempt is finished; 0 points are a score."""
    done = sorted((one for one in tries if one.finished), key=lambda one: one.number)
    if not done:
        return None
    if policy is ScorePolicy.AVERAGE:
        return _average(done, pass_mark)
    if policy is ScorePolicy.FIRST:
        return _score_of(done[0])
    if policy is ScorePolicy.LAST:
        return _score_of(done[-1])
    return _score_of(max(done, key=lambda one: (one.passed, share(one), one.number)))


def share(one: Try) -> Fraction:
    return Fraction(one.earned, one.total) if one.total else Fraction(0)


def shows_feedback(quiz: Quiz, tries: Sequence[Try], now: datetime) -> bool:
    """Whether correct answers and explanations may leave the server, for a person with these attempts, none of them open."""
    if quiz.feedback is Feedback.NEVER or any(one.status is AttemptStatus.IN_PROGRESS for one in tries):
        return False
    if quiz.feedback is Feedback.AFTER_ATTEMPT:
        return True
    passed = any(one.finished and one.passed for one in tries)
    return passed or attempts_left(quiz, tries) == 0 or is_closed(quiz, now)


def _score_of(one: Try) -> Score:
    return Score(one.earned, one.total, one.passed)


def _average(done: Sequence[Try], pass_mark: int) -> Score:
    """Rounded down to points of the last attempt; whether it is a pass is judged before rounding."""
    mean = sum(map(share, done), Fraction(0)) / len(done)
    total = done[-1].total
    return Score(int(mean * total), total, passes(mean.numerator, mean.denominator, pass_mark))
