"""A quiz as its authors change it: its settings, and one question at a time.

Each change names what its author had before her, and is applied to the quiz as it stands now: two people who work on
two questions do not meet, and of two at the same one the second hears of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from accounts.person import Person
from core.errors import Invalid, NotFound, Stale
from lms import store
from lms.enums import LessonType
from lms.models import Course, Lesson
from lms.rules.quizzes import Question, Quiz, checks
from lms.rules.quizzes.quiz import MOST_QUESTIONS
from lms.services import courses, lessons
from lms.services.lesson_fields import fields_of

_TRIES = 5
_LARGEST = 300_000
"""Bytes of all questions together: a record of the table holds 400 KB."""
CHANGED = "Somebody else changed this while you were writing. Compare the two before you save again."


@dataclass(frozen=True)
class Draft:
    course: Course
    lesson: Lesson
    quiz: Quiz


def draft(*, course_id: str, lesson_id: str, by: Person) -> Draft:
    """For changing. Raises NotFound, Refused."""
    return _draft(courses.authored(course_id, by), lesson_id)


def for_its_authors(*, course_id: str, lesson_id: str, by: Person) -> Draft:
    """For looking at, archived or not. Raises NotFound, Refused."""
    course = courses.readable(course_id, by)
    courses.check_sees_draft(course, by)
    return _draft(course, lesson_id)


def save_settings(*, course_id: str, lesson_id: str, settings: Mapping[str, Any], seen: str, by: Person) -> Quiz:
    """`seen` is the `settings_mark` of the quiz that was looked at. Raises Stale, Invalid."""

    def change(quiz: Quiz) -> Quiz:
        wanted = replace(quiz, **settings)
        if settings_mark(quiz) not in {seen, settings_mark(wanted)}:
            raise Stale(CHANGED)
        return wanted

    return _change(course_id, lesson_id, change, by)


def save_question(*, course_id: str, lesson_id: str, question: Question, seen: str, by: Person) -> Quiz:
    """New, or in place of the one with its id; `seen` is the `question_mark` of that. Raises Stale, Invalid."""
    if lacking := checks.lacks(question):
        raise Invalid(lacking)

    def change(quiz: Quiz) -> Quiz:
        there = quiz.by_id.get(question.question_id)
        if question_mark(there) not in {seen, question_mark(question)}:
            raise Stale(CHANGED)
        if len(quiz.questions) >= MOST_QUESTIONS and there is None:
            raise Invalid(f"A quiz holds at most {MOST_QUESTIONS} questions.")
        return quiz.with_question(question)

    return _change(course_id, lesson_id, change, by)


def add_questions(*, course_id: str, lesson_id: str, questions: tuple[Question, ...], by: Person) -> Quiz:
    """At the end, those that are not there yet."""

    def change(quiz: Quiz) -> Quiz:
        new = tuple(one for one in questions if one.question_id not in quiz.by_id)
        if len(quiz.questions) + len(new) > MOST_QUESTIONS:
            raise Invalid(f"A quiz holds at most {MOST_QUESTIONS} questions.")
        return replace(quiz, questions=(*quiz.questions, *new))

    return _change(course_id, lesson_id, change, by)


def move_question(*, course_id: str, lesson_id: str, question_id: str, to: int, by: Person) -> Quiz:
    """To the place `to`, counted from 0: saying it twice moves it once. One that is gone stays gone."""
    return _change(
        course_id, lesson_id, lambda quiz: quiz.moved(question_id, to) if question_id in quiz.by_id else quiz, by
    )


def duplicate_question(*, course_id: str, lesson_id: str, question_id: str, new_id: str, by: Person) -> Quiz:
    """Beside the first one, with the id `new_id`: saying it twice makes one copy. Raises NotFound."""

    def change(quiz: Quiz) -> Quiz:
        if question_id not in quiz.by_id:
            raise NotFound()
        if new_id in quiz.by_id:
            return quiz
        if len(quiz.questions) >= MOST_QUESTIONS:
            raise Invalid(f"A quiz holds at most {MOST_QUESTIONS} questions.")
        copy = replace(quiz.by_id[question_id], question_id=new_id)
        return quiz.with_question(copy).moved(new_id, quiz.place_of(question_id) + 1)

    return _change(course_id, lesson_id, change, by)


def remove_question(*, course_id: str, lesson_id: str, question_id: str, seen: str, by: Person) -> Quiz:
    """From the draft; attempts keep it. Raises Stale when somebody changed it meanwhile."""

    def change(quiz: Quiz) -> Quiz:
        if question_id in quiz.by_id and question_mark(quiz.by_id[question_id]) != seen:
            raise Stale("Somebody else changed this question meanwhile. Look at it again before you remove it.")
        return quiz.without(question_id)

    return _change(course_id, lesson_id, change, by)


def settings_mark(quiz: Quiz) -> str:
    return _mark(replace(quiz, questions=()).to_content())


def question_mark(question: Question | None) -> str:
    """Empty for one that is not there."""
    return _mark(question.to_content()) if question else ""


def settings_of(quiz: Quiz) -> dict[str, Any]:
    return {name: value for name, value in asdict(replace(quiz, questions=())).items() if name != "questions"}


def _mark(content: Mapping[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _draft(course: Course, lesson_id: str) -> Draft:
    lesson = store.lesson_by_id(course.course_id, lesson_id, fresh=True)
    if lesson.lesson_type != LessonType.QUIZ:
        raise NotFound()
    try:
        return Draft(course, lesson, Quiz.from_content(lesson.content))
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(checks.NO_QUIZ) from error


def _change(course_id: str, lesson_id: str, change: Callable[[Quiz], Quiz], by: Person) -> Quiz:
    for tried in range(_TRIES):
        found = draft(course_id=course_id, lesson_id=lesson_id, by=by)
        wanted = change(found.quiz)
        if wanted == found.quiz:
            return wanted
        content = wanted.to_content()
        if len(json.dumps(content).encode()) > _LARGEST:
            raise Invalid("The questions are too long together. Make two quizzes of them.")
        kept = fields_of(found.lesson)  # with the pictures of its questions
        fields = replace(kept, content=kept.content | content)
        try:
            lessons.edit(course_id=course_id, lesson_id=lesson_id, fields=fields, seen_rev=found.lesson.text_rev, by=by)
        except Stale:
            if tried == _TRIES - 1:
                raise
            continue  # another question was changed at this moment
        return wanted
    raise Stale()
