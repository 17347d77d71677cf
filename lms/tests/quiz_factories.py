"""Quizzes for tests: one question of each type, and a course that ends with a quiz."""

from __future__ import annotations

from typing import Any

from accounts.person import Person
from core.testing import CARL, RITA
from lms.enums import LessonType, QuestionType
from lms.models import Attempt, Course
from lms.rules.quizzes import Option, Question, Quiz
from lms.rules.quizzes.quiz import true_false
from lms.services import attempts, publishing
from lms.store.quizzes import quiz_at
from lms.tests.factories import add_lesson, lesson_ids, make_draft

SINGLE = Question(
    "q-single",
    QuestionType.SINGLE,
    "When does a renewal begin?",
    explanation="Early, because a budget is made early.",
    options=(
        Option("o-late", "On the last day"),
        Option("o-early", "120 days before", correct=True),
        Option("o-never", "Never"),
    ),
)
MULTIPLE = Question(
    "q-multiple",
    QuestionType.MULTIPLE,
    "Who belongs to a renewal call?",
    points=4,
    options=(
        Option("o-csm", "The CSM", correct=True),
        Option("o-buyer", "The buyer", correct=True),
        Option("o-press", "The press"),
        Option("o-rival", "A rival"),
    ),
)
TRUE_FALSE = Question("q-truth", QuestionType.TRUE_FALSE, "A quote is valid for ever.", options=true_false(False))
SHORT_TEXT = Question("q-text", QuestionType.SHORT_TEXT, "Who signs?", accepted=("The buyer", "buyer"))
NUMERIC = Question("q-number", QuestionType.NUMERIC, "What is 10 % of 1,234?", number="123.4", tolerance="0.5")
MATCHING = Question(
    "q-match",
    QuestionType.MATCHING,
    "Which belongs to which?",
    points=3,
    options=(
        Option("o-a", "Advancement", match="Gifts"),
        Option("o-b", "Alumni", match="Events"),
        Option("o-c", "Admissions", match="Students"),
        Option("o-d", "", match="Invoices"),
    ),
)
ORDERING = Question(
    "q-order",
    QuestionType.ORDERING,
    "Put the steps in order.",
    points=3,
    options=(Option("o-1", "Review usage"), Option("o-2", "Call the buyer"), Option("o-3", "Send the quote")),
)
EVERY_TYPE = (SINGLE, MULTIPLE, TRUE_FALSE, SHORT_TEXT, NUMERIC, MATCHING, ORDERING)
RIGHT: dict[str, Any] = {
    "q-single": "o-early",
    "q-multiple": ["o-csm", "o-buyer"],
    "q-truth": "false",
    "q-text": "  the  BUYER ",
    "q-number": "123,4",
    "q-match": {"o-a": "o-a", "o-b": "o-b", "o-c": "o-c"},
    "q-order": {"o-1": 1, "o-2": 2, "o-3": 3},
}


def quiz(*questions: Question, **settings: Any) -> Quiz:
    return Quiz(questions=questions or (SINGLE,), **settings)


def draft_with_quiz(made: Quiz | None = None, *, owner: Person = CARL) -> tuple[str, str]:
    """Ids of a course and of its only lesson, a quiz."""
    course_id = make_draft(owner=owner, lesson_count=0).course_id
    lesson = add_lesson(course_id, LessonType.QUIZ, "Check yourself", (made or quiz()).to_content(), by=owner)
    return course_id, lesson.lesson_id


def published_quiz(made: Quiz | None = None, *, owner: Person = CARL, approver: Person = RITA) -> tuple[str, str]:
    course_id, lesson_id = draft_with_quiz(made, owner=owner)
    publishing.publish(course_id=course_id, by=approver)
    return course_id, lesson_id


def given_for(attempt: Attempt, question_id: str, answer: Any) -> dict[str, list[str]]:
    """An answer by ids, as the page of this attempt would send it."""
    drawn = next(one for one in attempt.drawn if one["question_id"] == question_id)
    shown, choices = list(drawn["options"]), list(drawn["choices"])
    if isinstance(answer, dict):
        sent = {
            one: str(value) if isinstance(value, int) else str(choices.index(value) + 1)
            for one, value in answer.items()
        }
        return {str(shown.index(one) + 1): [value] for one, value in sent.items()}
    if isinstance(answer, list):
        return {"": [str(shown.index(one) + 1) for one in answer]}
    return {"": [str(shown.index(answer) + 1) if answer in shown else str(answer)]}


def answer(attempt: Attempt, question_id: str, value: Any, *, by: Person, rev: int = 1) -> attempts.Saved:
    return attempts.save(
        course_id=attempt.course_id,
        lesson_id=attempt.lesson_id,
        number=int(attempt.number),
        question_id=question_id,
        given=given_for(attempt, question_id, value),
        rev=rev,
        by=by,
    )


def take(course_id: str, lesson_id: str, by: Person, *, right: bool = True) -> Attempt:
    """A whole attempt, every question answered rightly, or none at all."""
    attempt = attempts.start(course_id=course_id, lesson_id=lesson_id, by=by)
    if right:
        for one in attempt.drawn:
            answer(attempt, one["question_id"], RIGHT[one["question_id"]], by=by)
    return attempts.submit(course_id=course_id, lesson_id=lesson_id, number=int(attempt.number), by=by)


def live_quiz(course: Course) -> Quiz:
    return quiz_at(course.course_id, int(course.version), lesson_ids(course)[-1])
