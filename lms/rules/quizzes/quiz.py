"""A quiz as its author writes it. A value made of a lesson's `content`, in a draft and in a snapshot alike.

Missing entries have their defaults, so that the empty content of a new lesson is a quiz without questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from typing import Any

from lms.enums import Feedback, QuestionType, ScorePolicy

MOST_QUESTIONS, MOST_OPTIONS, MOST_POINTS = 200, 20, 100
MOST_QUESTION_TEXT, MOST_OPTION_TEXT = 5_000, 500
MOST_ATTEMPTS, MOST_MINUTES, MOST_COOLDOWN = 100, 24 * 60, 30 * 24 * 60
TRUE, FALSE = "true", "false"
WITH_OPTIONS = frozenset(
    {
        QuestionType.SINGLE,
        QuestionType.MULTIPLE,
        QuestionType.TRUE_FALSE,
        QuestionType.MATCHING,
        QuestionType.ORDERING,
    }
)


@dataclass(frozen=True)
class Option:
    """What can be chosen, or has to be put in its place.

    In a matching question `match` is what belongs to `text`; one without a text is there to mislead.
    """

    option_id: str
    text: str
    correct: bool = False
    match: str = ""


@dataclass(frozen=True)
class Question:
    """`text` and `explanation` are Markdown. `accepted` are the answers of a short text; `number` and `tolerance` decimals, written with a point.

    The options of an ordering question stand in their right order.
    """

    question_id: str
    question_type: QuestionType
    text: str
    points: int = 1
    explanation: str = ""
    options: tuple[Option, ...] = ()
    accepted: tuple[str, ...] = ()
    number: str = ""
    tolerance: str = "0"

    @cached_property
    def correct_ids(self) -> frozenset[str]:
        return frozenset(option.option_id for option in self.options if option.correct)

    @cached_property
    def by_id(self) -> Mapping[str, Option]:
        return {option.option_id: option for option in self.options}

    @property
    def lefts(self) -> tuple[Option, ...]:
        """What has to be matched."""
        return tuple(option for option in self.options if option.text)

    @property
    def rights(self) -> tuple[Option, ...]:
        """What it can be matched with; the same words stand there once."""
        return tuple({option.match: option for option in reversed(self.options) if option.match}.values())[::-1]

    def to_content(self) -> dict[str, Any]:
        """Without what is as it is by default."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        kept["question_type"] = self.question_type.value
        kept["options"] = [_without_defaults(asdict(option), _PLAIN_OPTION) for option in self.options]
        kept["accepted"] = list(self.accepted)
        return _without_defaults(kept, _PLAIN_QUESTION)

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Question:
        values = {field.name: content[field.name] for field in fields(cls) if field.name in content}
        values["question_type"] = QuestionType(content["question_type"])
        values["points"] = int(content.get("points", 1))
        values["options"] = tuple(Option(**dict(one)) for one in content.get("options", ()))
        values["accepted"] = tuple(content.get("accepted", ()))
        return cls(**values)


@dataclass(frozen=True)
class Quiz:
    """`attempt_limit`, `time_limit_minutes`, `cooldown_minutes` and `draw` are 0 for none; `draw` is of the questions.

    `closes_at` is an ISO 8601 moment in UTC, or empty.
    """

    pass_mark: int = 80
    attempt_limit: int = 0
    cooldown_minutes: int = 0
    time_limit_minutes: int = 0
    closes_at: str = ""
    draw: int = 0
    shuffle_questions: bool = False
    shuffle_options: bool = True
    partial_credit: bool = True
    feedback: Feedback = Feedback.AFTER_ATTEMPT
    score_policy: ScorePolicy = ScorePolicy.BEST
    questions: tuple[Question, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        return {question.question_id: question for question in self.questions}

    @property
    def asked(self) -> int:
        """How many questions an attempt has."""
        return min(self.draw, len(self.questions)) if self.draw else len(self.questions)

    def place_of(self, question_id: str) -> int:
        """Raises KeyError."""
        return self.questions.index(self.by_id[question_id])

    def with_question(self, question: Question) -> Quiz:
        """In place of the one with its id, else at the end."""
        if question.question_id not in self.by_id:
            return replace(self, questions=(*self.questions, question))
        place = self.place_of(question.question_id)
        return replace(self, questions=(*self.questions[:place], question, *self.questions[place + 1 :]))

    def without(self, question_id: str) -> Quiz:
        return replace(self, questions=tuple(one for one in self.questions if one.question_id != question_id))

    def moved(self, question_id: str, to: int) -> Quiz:
        """To the place `to`, counted from 0; beyond the ends is at the end. Raises KeyError."""
        question = self.by_id[question_id]
        others = self.without(question_id).questions
        place = max(0, min(to, len(others)))
        return replace(self, questions=(*others[:place], question, *others[place:]))

    def to_content(self) -> dict[str, Any]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        plain = {"feedback": self.feedback.value, "score_policy": self.score_policy.value}
        return values | plain | {"questions": [question.to_content() for question in self.questions]}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Quiz:
        """Raises ValueError, KeyError or TypeError for what no quiz is made of."""
        plain = cls()
        written = [field.name for field in fields(cls) if field.name in content]
        values: dict[str, Any] = {name: type(getattr(plain, name))(content[name]) for name in written}
        values["questions"] = tuple(Question.from_content(one) for one in content.get("questions", ()))
        return cls(**values)


_PLAIN_OPTION = asdict(Option("", ""))
_PLAIN_QUESTION = {
    "points": 1,
    "explanation": "",
    "options": [],
    "accepted": [],
    "number": "",
    "tolerance": "0",
}


def _without_defaults(values: dict[str, Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    always = {"question_id", "question_type", "text", "option_id"}
    return {name: value for name, value in values.items() if name in always or value != plain.get(name)}


def true_false(answer: bool) -> tuple[Option, ...]:
    """The two options of such a question."""
    return Option(TRUE, "True", correct=answer), Option(FALSE, "False", correct=not answer)
