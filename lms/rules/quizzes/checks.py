"""What is still missing in a quiz, in a sentence for its author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lms.enums import QuestionType
from lms.rules.quizzes.quiz import MOST_OPTIONS, MOST_POINTS, MOST_QUESTIONS, Question, Quiz
from lms.rules.quizzes.text import decimal, normalised

NO_QUIZ = "Its questions cannot be read. Write them again, or restore an earlier version."


def missing(content: Mapping[str, Any]) -> str:
    """Empty when it is whole."""
    try:
        quiz = Quiz.from_content(content)
    except (ValueError, KeyError, TypeError):
        return NO_QUIZ
    return next(problems(quiz), "")


def problems(quiz: Quiz) -> Iterator[str]:
    if not quiz.questions:
        yield "It has no question yet."
        return
    if len(quiz.questions) > MOST_QUESTIONS:
        yield f"It has more than {MOST_QUESTIONS} questions."
    if len(quiz.by_id) < len(quiz.questions):
        yield "Two of its questions have the same id."
    if not 1 <= quiz.pass_mark <= 100:
        yield "Its pass mark must be from 1 to 100 percent."
    if quiz.draw > len(quiz.questions):
        yield f"It draws {quiz.draw} questions and has {len(quiz.questions)}."
    for number, question in enumerate(quiz.questions, start=1):
        if lacking := lacks(question):
            yield f"Question {number}: {lacking}"


def lacks(question: Question) -> str:
    """What keeps a question from being asked; empty when nothing does."""
    if not question.text.strip():
        return "It asks nothing yet."
    if not 1 <= question.points <= MOST_POINTS:
        return f"Its points must be from 1 to {MOST_POINTS}."
    if len(question.options) > MOST_OPTIONS:
        return f"It has more than {MOST_OPTIONS} options."
    if len(question.by_id) < len(question.options):
        return "Two of its options have the same id."
    return _OF_TYPE[question.question_type](question)


def _single(question: Question) -> str:
    if shape := _options(question, 2):
        return shape
    return "" if len(question.correct_ids) == 1 else "Mark the one correct option."


def _multiple(question: Question) -> str:
    if shape := _options(question, 2):
        return shape
    return "" if question.correct_ids else "Mark at least one correct option."


def _short_text(question: Question) -> str:
    return "" if any(map(normalised, question.accepted)) else "Write at least one accepted answer."


def _numeric(question: Question) -> str:
    number, tolerance = decimal(question.number), decimal(question.tolerance)
    if number is None:
        return "Write the number that is right."
    return "" if tolerance is not None and tolerance >= 0 else "Its tolerance must be a number from 0 up."


def _matching(question: Question) -> str:
    if len(question.lefts) < 2:
        return "Write at least two pairs."
    if any(not option.match for option in question.lefts):
        return "Write what belongs to each side of its pairs."
    texts = [normalised(option.text) for option in question.lefts]
    if len(set(texts)) < len(texts):
        return "Two of its pairs ask for the same."
    return "" if len(question.rights) > 1 else "Its pairs must not all have the same match."


def _ordering(question: Question) -> str:
    return _options(question, 2)


def _options(question: Question, least: int) -> str:
    texts = [normalised(option.text) for option in question.options]
    if len(texts) < least or not all(texts):
        return f"Write at least {least} options, none of them empty."
    return "" if len(set(texts)) == len(texts) else "Two of its options read the same."


_OF_TYPE = {
    QuestionType.SINGLE: _single,
    QuestionType.MULTIPLE: _multiple,
    QuestionType.TRUE_FALSE: _single,
    QuestionType.SHORT_TEXT: _short_text,
    QuestionType.NUMERIC: _numeric,
    QuestionType.MATCHING: _matching,
    QuestionType.ORDERING: _ordering,
}
