"""How the people of the demo answer quizzes: rightly, or wrongly in a way that a person would."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from lms.enums import QuestionType
from lms.models import Attempt
from lms.rules.quizzes import Quiz, drawing
from lms.rules.quizzes.drawing import Drawn
from lms.rules.quizzes.quiz import Question
from lms.services.attempts import Given, Posted


def answers(attempt: Attempt, quiz: Quiz, wrong: Collection[str]) -> dict[str, Posted]:
    """To every question that was drawn, as a page would send them: by the places of what it showed."""
    return {
        drawn.question_id: Posted(_given(drawn, quiz.by_id[drawn.question_id], drawn.question_id not in wrong))
        for drawn in drawing.drawn_from(attempt.drawn)
    }


def _given(drawn: Drawn, question: Question, right: bool) -> Given:
    match drawn.question_type:
        case QuestionType.SHORT_TEXT:
            return {"": [question.accepted[0] if right else "I would have to look that up"]}
        case QuestionType.NUMERIC:
            return {"": [question.number if right else str(Decimal(question.number) - Decimal(question.tolerance) - 1)]}
        case QuestionType.MATCHING:
            return _matched(drawn, question, right)
        case QuestionType.ORDERING:
            return _ordered(drawn, question, right)
        case _:
            return {"": _chosen(drawn, question, right)}


def _chosen(drawn: Drawn, question: Question, right: bool) -> list[str]:
    """Wrong is the first option that is not correct, whatever order they stand in: many fall for the same."""
    correct = [option.option_id for option in question.options if option.correct]
    tempting = next(option.option_id for option in question.options if not option.correct)
    chosen = correct if right else [*correct[1:], tempting]
    return [str(drawn.options.index(option_id) + 1) for option_id in sorted(chosen, key=drawn.options.index)]


def _matched(drawn: Drawn, question: Question, right: bool) -> Given:
    """Wrong has the first two the wrong way round."""
    wanted = [question.by_id[option_id].match for option_id in drawn.options]
    if not right:
        wanted[0], wanted[1] = wanted[1], wanted[0]
    choices = [question.by_id[option_id].match for option_id in drawn.choices]
    return {str(place): [str(choices.index(match) + 1)] for place, match in enumerate(wanted, start=1)}


def _ordered(drawn: Drawn, question: Question, right: bool) -> Given:
    order = [option.option_id for option in question.options]
    if not right:
        order[-1], order[-2] = order[-2], order[-1]
    return {str(place): [str(order.index(option_id) + 1)] for place, option_id in enumerate(drawn.options, start=1)}
