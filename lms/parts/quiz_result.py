"""A finished attempt as its learner sees it: the score always, the rest as far as the quiz's feedback allows."""

from __future__ import annotations

from dataclasses import dataclass

from lms.models import Attempt
from lms.rules.quizzes import Question, answers, grading, words
from lms.rules.quizzes.drawing import drawn_from
from lms.services.grading import quiz_of


@dataclass(frozen=True)
class Answered:
    """`solution` and `explanation` are empty, and `points` None, where they may not be seen."""

    number: int
    text: str
    possible: int
    given: tuple[str, ...]
    points: int | None = None
    right: bool = False
    solution: tuple[str, ...] = ()
    explanation: str = ""


def answered(attempt: Attempt, *, with_feedback: bool) -> list[Answered]:
    quiz, kept = quiz_of(attempt), attempt.answers or {}
    shown = [quiz.by_id[one.question_id] for one in drawn_from(attempt.drawn)]
    return [
        _answered(number, question, kept.get(question.question_id, {}).get("value"), attempt, with_feedback)
        for number, question in enumerate(shown, start=1)
    ]


def _answered(
    number: int, question: Question, answer: answers.Answer, attempt: Attempt, with_feedback: bool
) -> Answered:
    given = tuple(words.told(question, answer))
    if not with_feedback:
        return Answered(number, question.text, question.points, given)
    return Answered(
        number=number,
        text=question.text,
        possible=question.points,
        given=given,
        points=int((attempt.marks or {}).get(question.question_id, 0)),
        right=grading.is_right(question, answer),
        solution=tuple(words.solution(question)),
        explanation=question.explanation,
    )
