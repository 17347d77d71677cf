"""Answers in words, for people: what somebody answered, and what would have been right."""

from __future__ import annotations

from lms.enums import QuestionType
from lms.rules.quizzes.answers import Answer
from lms.rules.quizzes.quiz import Question


def told(question: Question, answer: Answer) -> list[str]:
    """A line for each thing that was chosen; nothing for no answer. What is no longer there is left out."""
    if isinstance(answer, dict):
        return (
            _ordered(question, answer) if question.question_type is QuestionType.ORDERING else _paired(question, answer)
        )
    if isinstance(answer, list):
        return [question.by_id[one].text for one in answer if one in question.by_id]
    if not answer:
        return []
    option = question.by_id.get(answer)
    return [option.text if option else answer]


def solution(question: Question) -> list[str]:
    kind = question.question_type
    if kind is QuestionType.SHORT_TEXT:
        return list(question.accepted)
    if kind is QuestionType.NUMERIC:
        exact = question.tolerance.strip() in {"", "0"}
        return [question.number if exact else f"{question.number} ± {question.tolerance}"]
    if kind is QuestionType.MATCHING:
        return [f"{option.text} → {option.match}" for option in question.lefts]
    if kind is QuestionType.ORDERING:
        return [f"{place}. {option.text}" for place, option in enumerate(question.options, start=1)]
    return [option.text for option in question.options if option.correct]


def _paired(question: Question, answer: dict[str, object]) -> list[str]:
    pairs = [(question.by_id.get(left), question.by_id.get(str(right))) for left, right in answer.items()]
    return [f"{left.text} → {right.match}" for left, right in pairs if left and right]


def _ordered(question: Question, answer: dict[str, object]) -> list[str]:
    placed = sorted(answer.items(), key=lambda one: int(str(one[1])))
    return [f"{place}. {question.by_id[option_id].text}" for option_id, place in placed if option_id in question.by_id]
