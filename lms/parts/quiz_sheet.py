"""The questions of an open attempt as its page shows them. Nothing here tells what is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase

from django.http import QueryDict
from django.utils.translation import gettext

from core import clock
from core.errors import Invalid
from lms.enums import QuestionType
from lms.models import Attempt
from lms.rules.quizzes import Question, answers
from lms.rules.quizzes.drawing import Drawn, drawn_from
from lms.services.attempts import Posted
from lms.services.grading import quiz_of

FIELD, REV = "q:", "rev:"
"""What the fields of a question are called on a page: `q:<question>`, and `q:<question>:<place>` beside an option."""


@dataclass(frozen=True)
class Choice:
    """`value` is what the form sends, a place; `letter` how the page names it."""

    value: str
    text: str
    chosen: bool = False
    letter: str = ""


@dataclass(frozen=True)
class Line:
    """An option with a choice of its own beside it."""

    name: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Asked:
    number: int
    question_id: str
    kind: str
    text: str
    points: int
    name: str
    rev: int
    typed: str
    options: tuple[Choice, ...]
    lines: tuple[Line, ...]
    answered: bool
    double_places: bool


@dataclass(frozen=True)
class Sheet:
    attempt: Attempt
    questions: tuple[Asked, ...]
    now: datetime

    @property
    def open_questions(self) -> list[Asked]:
        return [one for one in self.questions if not one.answered]

    @property
    def seconds_left(self) -> int | None:
        until = self.attempt.deadline_at
        return max(0, int((until - self.now).total_seconds())) if until else None


def sheet_of(attempt: Attempt) -> Sheet:
    quiz, kept = quiz_of(attempt), attempt.answers or {}
    asked = tuple(
        _asked(number, drawn, quiz.by_id[drawn.question_id], kept.get(drawn.question_id, {}))
        for number, drawn in enumerate(drawn_from(attempt.drawn), start=1)
    )
    return Sheet(attempt, asked, clock.now())


def asked_without_answer(number: int, drawn: Drawn, question: Question) -> Asked:
    return _asked(number, drawn, question, {})


def posted_from(data: QueryDict, attempt: Attempt) -> dict[str, Posted]:
    """What a page sent of the questions that it showed. Raises Invalid when it names others."""
    posted, known = {}, set()
    for drawn in drawn_from(attempt.drawn):
        name = f"{FIELD}{drawn.question_id}"
        places = {str(place): f"{name}:{place}" for place in range(1, len(drawn.options) + 1)}
        names = {"": name} | places
        known |= {*names.values(), f"{REV}{drawn.question_id}"}
        given = {place: data.getlist(field) for place, field in names.items() if field in data}
        if given or f"{REV}{drawn.question_id}" in data:
            posted[drawn.question_id] = Posted(given, _number(data.get(f"{REV}{drawn.question_id}", "")))
    if any(name.startswith((FIELD, REV)) and name not in known for name in data):
        raise Invalid(gettext("This question is not part of your attempt."))
    return posted


def given_in(data: QueryDict, question_id: str) -> dict[str, list[str]]:
    """What was sent of one question, whether or not it was asked."""
    name = f"{FIELD}{question_id}"
    beside = {field.removeprefix(f"{name}:"): data.getlist(field) for field in data if field.startswith(f"{name}:")}
    return beside | ({"": data.getlist(name)} if name in data else {})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _asked(number: int, drawn: Drawn, question: Question, kept: Mapping[str, object]) -> Asked:
    answer: answers.Answer = kept.get("value")  # type: ignore[assignment]
    name = f"{FIELD}{drawn.question_id}"
    lined = drawn.question_type in {QuestionType.MATCHING, QuestionType.ORDERING}
    return Asked(
        number=number,
        question_id=drawn.question_id,
        kind=drawn.question_type.value,
        text=question.text,
        points=question.points,
        name=name,
        rev=int(str(kept.get("rev", 0))),
        typed=answer if isinstance(answer, str) and not drawn.options else "",
        options=() if lined else _options(drawn, question, answer),
        lines=tuple(_lines(name, drawn, question, answer)) if lined else (),
        answered=answers.is_answered(drawn, answer),
        double_places=answers.has_double_places(drawn, answer),
    )


def _options(drawn: Drawn, question: Question, answer: answers.Answer) -> tuple[Choice, ...]:
    chosen = set(answer) if isinstance(answer, list) else {answer}
    return tuple(
        Choice(str(place), _worded(question, option_id), option_id in chosen)
        for place, option_id in enumerate(drawn.options, start=1)
    )


def _worded(question: Question, option_id: str) -> str:
    text = question.by_id[option_id].text
    return gettext(text) if question.question_type is QuestionType.TRUE_FALSE else text


def _lines(name: str, drawn: Drawn, question: Question, answer: answers.Answer) -> Iterable[Line]:
    given = answer if isinstance(answer, dict) else {}
    for place, option_id in enumerate(drawn.options, start=1):
        own = given.get(option_id)
        if drawn.question_type is QuestionType.MATCHING:
            choices = tuple(
                Choice(str(at), question.by_id[one].match, own == one, ascii_uppercase[at - 1])
                for at, one in enumerate(drawn.choices, start=1)
            )
        else:
            choices = tuple(Choice(str(at), str(at), own == at) for at in range(1, len(drawn.options) + 1))
        yield Line(f"{name}:{place}", question.by_id[option_id].text, choices)
