"""Attempts at quizzes: starting one, keeping each answer, handing in, and the result."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router
from pydantic import Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Input, Number, Output
from lms.api.lesson_parts import PastAttempt, QuizSheet
from lms.enums import AttemptStatus
from lms.pages.attempt import Result, own_attempt, result_of
from lms.parts.quiz import past_of
from lms.parts.quiz_sheet import sheet_of
from lms.rules.quizzes.quiz import MOST_OPTIONS
from lms.services import attempts, learning

router = Router(tags=["Quizzes"], auth=Bearer(Area.LEARNING))
_ATTEMPTS = "/{course_id}/lessons/{lesson_id}/attempts"
_ATTEMPT = f"{_ATTEMPTS}/{{number}}"


class AttemptList(Output):
    items: list[PastAttempt]


class AnsweredQuestion(Output):
    """What is right is told as far as the quiz allows: else `points` and `right` are null, and `solution` is empty."""

    number: int
    text: str
    possible: int
    given: list[str]
    points: int | None
    right: bool | None
    solution: list[str]
    explanation: str


class AttemptResult(Output):
    attempt: PastAttempt
    with_feedback: bool = Field(description="Whether what is right is told.")
    questions: list[AnsweredQuestion]
    may_retry: bool
    why_not: str = Field(description="Why no further attempt can be started; empty when one can.")
    attempts_left: int | None = Field(description="Null for as many as you like.")
    waits_until: datetime | None
    expired: bool = Field(description="Ended by the clock.")
    void: bool = Field(description="Set aside by a manager: it counts for nothing.")

    @classmethod
    def of(cls, result: Result) -> AttemptResult:
        plain = ("with_feedback", "may_retry", "why_not", "waits_until", "expired", "void")
        return cls(
            attempt=PastAttempt.model_validate(result.past),
            questions=[
                AnsweredQuestion.model_validate(vars(one) | ({} if result.with_feedback else {"right": None}))
                for one in result.questions
            ],
            attempts_left=result.left,
            **{name: getattr(result, name) for name in plain},
        )


class Attempt(Output):
    """`sheet` while it is open, `result` once it is over."""

    number: int
    open: bool
    sheet: QuizSheet | None
    result: AttemptResult | None


class Answer(Input):
    """`values` are the places of the options that are chosen, or the text that is typed; `beside` says for the place of
    each line which choice is put beside it. Both empty takes the answer back."""

    values: list[str] = Field([], max_length=MOST_OPTIONS, examples=[["2"]])
    beside: dict[str, str] = Field({}, max_length=MOST_OPTIONS, examples=[{}])
    rev: Number = Field(
        gt=0, description="Milliseconds since 1970 when it was given: of two answers the later one is kept."
    )

    def given(self) -> dict[str, list[str]]:
        return {place: [value] for place, value in self.beside.items()} | ({"": self.values} if self.values else {})


class Saved(Output):
    rev: int = Field(description="Of the answer that is kept now.")
    at: datetime
    taken: bool = Field(description="It is the one that was sent.")


@router.get(_ATTEMPTS, response=AttemptList, operation_id="listAttempts", summary="My attempts, newest first")
def attempts_at_quiz(request: Request, course_id: str, lesson_id: str) -> AttemptList:
    every = attempts.mine(learning.load(request.user, course_id), lesson_id)
    return AttemptList(items=[PastAttempt.model_validate(past_of(one)) for one in reversed(every)])


@router.post(_ATTEMPTS, response=QuizSheet, operation_id="startAttempt", summary="Start an attempt")
def attempt_start(request: Request, course_id: str, lesson_id: str) -> QuizSheet:
    """The open one, where there is one: starting twice starts one."""
    return QuizSheet.of(sheet_of(attempts.start(course_id=course_id, lesson_id=lesson_id, by=request.user)))


@router.get(_ATTEMPT, response=Attempt, operation_id="getAttempt", summary="Its questions, then its result")
def attempt(request: Request, course_id: str, lesson_id: str, number: int) -> Attempt:
    return _shown(request, course_id, lesson_id, number)


@router.put(f"{_ATTEMPT}/answers/{{question_id}}", response=Saved, operation_id="saveAnswer", summary="Keep an answer")
def attempt_answer(
    request: Request, course_id: str, lesson_id: str, number: int, question_id: str, body: Answer
) -> Saved:
    place: dict[str, Any] = {"course_id": course_id, "lesson_id": lesson_id, "number": number}
    saved = attempts.save(**place, question_id=question_id, given=body.given(), rev=body.rev, by=request.user)
    return Saved.model_validate(saved)


@router.post(f"{_ATTEMPT}/submit", response=Attempt, operation_id="submitAttempt", summary="Hand it in")
def attempt_submit(request: Request, course_id: str, lesson_id: str, number: int) -> Attempt:
    """What is saved is graded. Handing in twice changes nothing."""
    attempts.submit(course_id=course_id, lesson_id=lesson_id, number=number, by=request.user)
    return _shown(request, course_id, lesson_id, number)


def _shown(request: Request, course_id: str, lesson_id: str, number: int) -> Attempt:
    taken = learning.load(request.user, course_id)
    found = own_attempt(taken, lesson_id, number)
    if found.status == AttemptStatus.IN_PROGRESS:
        return Attempt(number=number, open=True, sheet=QuizSheet.of(sheet_of(found)), result=None)
    return Attempt(number=number, open=False, sheet=None, result=AttemptResult.of(result_of(taken, found)))
