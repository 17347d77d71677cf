"""Points: whole numbers, never below 0. Where a question has parts and the quiz gives partial credit:

| question | points |
|---|---|
| multiple | for each right option chosen a share, for each wrong one the same share less |
| matching | a share for each pair that is right |
| ordering | a share for each option in its right place |

Shares are rounded down together, so that all points are given only for an answer that is wholly right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lms.enums import QuestionType
from lms.rules.quizzes.answers import Answer
from lms.rules.quizzes.quiz import Question, Quiz
from lms.rules.quizzes.text import decimal, normalised, readings


@dataclass(frozen=True)
class Grade:
    """`marks` are the points of each question that was asked."""

    marks: Mapping[str, int]
    total: int

    @property
    def earned(self) -> int:
        return sum(self.marks.values())

    def passed(self, pass_mark: int) -> bool:
        return passes(self.earned, self.total, pass_mark)


def passes(earned: int, total: int, pass_mark: int) -> bool:
    return total > 0 and earned * 100 >= pass_mark * total


def grade(quiz: Quiz, asked: Iterable[str], answers: Mapping[str, Answer]) -> Grade:
    """Of the questions with the ids `asked`; one that is not answered earns 0."""
    questions = [quiz.by_id[question_id] for question_id in asked]
    marks = {
        question.question_id: points(question, answers.get(question.question_id), partial=quiz.partial_credit)
        for question in questions
    }
    return Grade(marks, sum(question.points for question in questions))


def points(question: Question, answer: Answer, *, partial: bool = True) -> int:
    right, parts = _parts(question, answer)
    if right <= 0 or not parts:
        return 0
    return question.points * right // parts if partial or right == parts else 0


def is_right(question: Question, answer: Answer) -> bool:
    right, parts = _parts(question, answer)
    return 0 < parts == right


def _parts(question: Question, answer: Answer) -> tuple[int, int]:
    """How many parts are right, less those that are wrong, and how many there are."""
    kind = question.question_type
    if kind is QuestionType.MULTIPLE:
        chosen = set(answer) if isinstance(answer, list) else set()
        right = len(chosen & question.correct_ids)
        return right - len(chosen - question.correct_ids), len(question.correct_ids)
    if kind is QuestionType.MATCHING:
        given = answer if isinstance(answer, dict) else {}
        return sum(_belongs(question, left.option_id, given) for left in question.lefts), len(question.lefts)
    if kind is QuestionType.ORDERING:
        given = answer if isinstance(answer, dict) else {}
        places = enumerate(question.options, start=1)
        return sum(given.get(option.option_id) == place for place, option in places), len(question.options)
    return int(isinstance(answer, str) and _holds(question, answer)), 1


def _holds(question: Question, answer: str) -> bool:
    if question.question_type is QuestionType.SHORT_TEXT:
        return normalised(answer) in {normalised(accepted) for accepted in question.accepted}
    if question.question_type is QuestionType.NUMERIC:
        number, tolerance = decimal(question.number), decimal(question.tolerance) or Decimal(0)
        return number is not None and any(abs(read - number) <= abs(tolerance) for read in readings(answer))
    return answer in question.correct_ids


def _belongs(question: Question, left_id: str, given: Mapping[str, object]) -> bool:
    """The words decide: two options may belong to the same ones."""
    chosen = question.by_id.get(str(given.get(left_id, "")))
    return chosen is not None and chosen.match == question.by_id[left_id].match
