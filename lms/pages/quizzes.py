"""What the pages of a quiz show to its author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from core import markup
from core.ids import new_id
from lms.forms.questions import TYPE_LABELS
from lms.models import Attempt
from lms.parts.quiz import Past, past_of
from lms.parts.quiz_sheet import Asked, asked_without_answer
from lms.rules.quizzes import Question, Quiz, drawing, words
from lms.rules.quizzes.analysis import BUCKETS, Analysis, Item
from lms.services.quizzes import question_mark

_ICONS = {
    "single": "circle-dot",
    "multiple": "square-check",
    "true_false": "contrast",
    "short_text": "text-cursor-input",
    "numeric": "hash",
    "matching": "arrow-left-right",
    "ordering": "list-ordered",
}


_LEFT, _PITCH, _BASE, _HEIGHT = 8, 60, 150, 120
_HARD, _EASY = 20, 95
_TELLING = 0.15
"""Percent right, and the discrimination from which on a question tells those who know from those who do not."""


@dataclass(frozen=True)
class QuestionRow:
    """`copy_id` is the id that a duplicate made from this page would have; `mark` what it is now."""

    question_id: str
    number: int
    title: str
    kind: str
    icon: str
    points: int
    solution: str
    mark: str
    copy_id: str
    up: int | None
    down: int | None


@dataclass(frozen=True)
class Previewed:
    asked: Asked
    solution: Sequence[str]
    explanation: str


@dataclass(frozen=True)
class ItemRow:
    item: Item
    title: str
    kind: str
    verdict: str
    tone: str


@dataclass(frozen=True)
class Bar:
    """Of the distribution, in the units of its drawing."""

    label: str
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class AttemptRow:
    user_id: str
    name: str
    past: Past
    finished_at: datetime | None


def question_rows(quiz: Quiz) -> list[QuestionRow]:
    last = len(quiz.questions)
    return [_row(question, number, last) for number, question in enumerate(quiz.questions, start=1)]


def previewed(quiz: Quiz, only: str = "") -> list[Previewed]:
    """As learners will see them, in the order they were written, with what is right."""
    drawn = drawing.draw(replace(quiz, draw=0, shuffle_questions=False), seed=1)
    return [
        Previewed(
            asked_without_answer(number, one, question := quiz.by_id[one.question_id]),
            words.solution(question),
            question.explanation,
        )
        for number, one in enumerate(drawn, start=1)
        if only in ("", one.question_id)
    ]


def item_rows(told: Analysis) -> list[ItemRow]:
    """The hardest first."""
    rows = [
        ItemRow(item, _title(item.question), str(TYPE_LABELS[item.question.question_type]), *_verdict(item))
        for item in told.items
    ]
    return sorted(rows, key=lambda row: row.item.share)


def bars(told: Analysis) -> list[Bar]:
    most = max(told.buckets, default=0) or 1
    step = 100 // BUCKETS
    return [
        Bar(
            label=f"{place * step}–{100 if place == BUCKETS - 1 else (place + 1) * step - 1}",
            count=count,
            x=_LEFT + place * _PITCH,
            y=_BASE - round(_HEIGHT * count / most),
            height=round(_HEIGHT * count / most),
        )
        for place, count in enumerate(told.buckets)
    ]


def attempt_rows(attempts: Sequence[Attempt], names: Mapping[str, str]) -> list[AttemptRow]:
    return [
        AttemptRow(one.user_id, names.get(one.user_id) or gettext("Somebody"), past_of(one), one.finished_at)
        for one in attempts
    ]


def _verdict(item: Item) -> tuple[str, str]:
    """What to do about it, in a word, and its tone."""
    if item.few:
        return gettext("Few answers yet"), ""
    if item.discrimination is not None and item.discrimination < 0:
        return gettext("Misleads those who know"), "error"
    if item.share <= _HARD:
        return gettext("Very hard"), "warning"
    if item.share >= _EASY:
        return gettext("Very easy"), "info"
    if item.discrimination is not None and item.discrimination < _TELLING:
        return gettext("Tells little apart"), "warning"
    return gettext("Does its work"), "success"


def _title(question: Question) -> str:
    return " ".join(markup.plain(question.text).split())[:200]


def _row(question: Question, number: int, last: int) -> QuestionRow:
    return QuestionRow(
        question_id=question.question_id,
        number=number,
        title=_title(question),
        kind=str(TYPE_LABELS[question.question_type]),
        icon=_ICONS[question.question_type.value],
        points=question.points,
        solution=", ".join(words.solution(question))[:200],
        mark=question_mark(question),
        copy_id=new_id(),
        up=number - 2 if number > 1 else None,
        down=number if number < last else None,
    )
