"""How the questions of a quiz do, and what managers do with attempts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router
from pydantic import Field

from accounts.http import Request
from accounts.store import names_of
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Flag, Input, Output
from lms.api.lesson_parts import PastAttempt
from lms.pages.quizzes import attempt_rows, item_rows
from lms.parts.quiz import past_of
from lms.services import quiz_managing
from lms.services.quiz_managing import MOST_REASON

router = Router(tags=["Authoring: quizzes"], auth=Bearer(Area.LEARNING))
_QUIZ = "/{course_id}/draft/lessons/{lesson_id}/quiz"
_SHOWN = 200


class QuestionDoing(Output):
    """How a question does, since it was changed last."""

    question_id: str
    title: str
    asked: int
    answered: int
    right: int
    share: int = Field(description="Percent who had it right.")
    discrimination: float | None = Field(
        description="Near 0 it tells nobody apart; below 0 it misleads those who know."
    )
    wrong: str = Field(description="The most frequent wrong answer.")
    wrong_count: int
    verdict: str


class QuizAnalysis(Output):
    """Of the latest thousand attempts. No name and no id of a learner comes with it."""

    attempts: int
    passed: int
    mean: int = Field(description="Percent.")
    buckets: list[int] = Field(description="How many scored from 0 up to 10 %, up to 20 % …")
    questions: list[QuestionDoing] = Field(description="The hardest first.")


class AttemptRow(Output):
    user_id: str
    name: str
    finished_at: datetime | None
    attempt: PastAttempt


class AttemptRows(Output):
    """The latest two hundred of everybody, newest first."""

    items: list[AttemptRow]
    rest: int = Field(description="How many more there are, of the latest thousand.")


class SettingAside(Input):
    reason: str = Field(max_length=MOST_REASON, description="Stands in the audit log; the learner does not see it.")


class Regrading(Input):
    lower: Flag = Field(False, description="Also take passes away: for Admins.")
    dry_run: Flag = Field(False, description="Say what would change, and write nothing.")


class RegradedOut(Output):
    attempts: int = Field(description="Whose points changed, or would.")
    raised: int = Field(description="Passed now, and not before.")
    lowered: int = Field(description="Not passed any more.")


@router.get(f"{_QUIZ}/analysis", response=QuizAnalysis, operation_id="analyseQuiz", summary="How its questions do")
def quiz_analysis(request: Request, course_id: str, lesson_id: str) -> QuizAnalysis:
    told = quiz_managing.analyse(course_id=course_id, lesson_id=lesson_id, by=request.user)
    plain = ("asked", "answered", "right", "share", "discrimination", "wrong", "wrong_count")
    return QuizAnalysis(
        attempts=told.count,
        passed=told.passed,
        mean=told.mean,
        buckets=list(told.buckets),
        questions=[
            QuestionDoing(
                question_id=row.item.question.question_id,
                title=row.title,
                verdict=row.verdict,
                **{name: getattr(row.item, name) for name in plain},
            )
            for row in item_rows(told)
        ],
    )


@router.get(f"{_QUIZ}/attempts", response=AttemptRows, operation_id="listAllAttempts", summary="Everybody's attempts")
def quiz_attempts(request: Request, course_id: str, lesson_id: str) -> AttemptRows:
    """For those who assign courses."""
    every = quiz_managing.latest(course_id=course_id, lesson_id=lesson_id, by=request.user)
    shown = every[:_SHOWN]
    rows = attempt_rows(shown, names_of([one.user_id for one in shown]))
    items = [
        AttemptRow(
            user_id=row.user_id,
            name=row.name,
            finished_at=row.finished_at,
            attempt=PastAttempt.model_validate(row.past),
        )
        for row in rows
    ]
    return AttemptRows(items=items, rest=max(0, len(every) - _SHOWN))


@router.post(
    f"{_QUIZ}/attempts/{{user_id}}/{{number}}/void",
    response=PastAttempt,
    operation_id="voidAttempt",
    summary="Set an attempt aside: it counts no more",
)
def attempt_void(
    request: Request, course_id: str, lesson_id: str, user_id: str, number: int, body: SettingAside
) -> PastAttempt:
    """What was completed by it stays completed. Doing it twice leaves the first."""
    place: dict[str, Any] = {"course_id": course_id, "lesson_id": lesson_id, "user_id": user_id, "number": number}
    quiz_managing.attempt_for_managing(**place, by=request.user)
    return PastAttempt.model_validate(past_of(quiz_managing.void(**place, reason=body.reason, by=request.user)))


@router.post(f"{_QUIZ}/regrade", response=RegradedOut, operation_id="regradeQuiz", summary="Grade attempts again")
def quiz_regrade(request: Request, course_id: str, lesson_id: str, body: Regrading) -> RegradedOut:
    """On the questions that learners have now. One that would no longer be passed is left, unless an Admin says so."""
    place = {"course_id": course_id, "lesson_id": lesson_id}
    if body.dry_run:
        found = quiz_managing.preview_regrade(**place, by=request.user)
    else:
        found = quiz_managing.regrade(**place, by=request.user, lower=body.lower)
    raised, lowered = sum(one.raised for one in found), sum(one.lowered for one in found)
    return RegradedOut(attempts=len(found), raised=raised, lowered=lowered)
