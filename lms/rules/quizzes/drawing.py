"""Which questions an attempt asks, and in which order they and their options stand: settled once, when it starts."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lms.enums import QuestionType
from lms.rules.quizzes.quiz import Option, Question, Quiz


@dataclass(frozen=True)
class Drawn:
    """A question as it is asked. `options` are ids in the order shown; `choices`, of a matching question, its other side.

    The page names options by their place here, never by their id: neither place nor id tells what is right.
    """

    question_id: str
    question_type: QuestionType
    options: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """As it comes back from JSON: a new attempt and one that was read are alike."""
        plain = {"options": list(self.options), "choices": list(self.choices)}
        return {"question_id": self.question_id, "question_type": self.question_type.value} | plain

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Drawn:
        return cls(
            data["question_id"],
            QuestionType(data["question_type"]),
            tuple(data.get("options", ())),
            tuple(data.get("choices", ())),
        )


def draw(quiz: Quiz, seed: int) -> tuple[Drawn, ...]:
    """The same for the same quiz and seed."""
    chance = random.Random(seed)  # noqa: S311  (fair is enough; nothing is kept secret by it)
    questions = list(quiz.questions)
    if quiz.asked < len(questions):
        kept = set(chance.sample(range(len(questions)), quiz.asked))
        questions = [question for place, question in enumerate(questions) if place in kept]
    if quiz.shuffle_questions:
        chance.shuffle(questions)
    return tuple(_drawn(question, quiz.shuffle_options, chance) for question in questions)


def drawn_from(data: Iterable[Mapping[str, Any]]) -> tuple[Drawn, ...]:
    return tuple(Drawn.from_data(one) for one in data)


def _drawn(question: Question, shuffle: bool, chance: random.Random) -> Drawn:
    kind = question.question_type
    if kind is QuestionType.MATCHING:
        return Drawn(question.question_id, kind, _ids(question.lefts), _shuffled(question.rights, chance))
    if kind is QuestionType.ORDERING:
        return Drawn(question.question_id, kind, _out_of_order(question.options, chance))
    if shuffle and kind in {QuestionType.SINGLE, QuestionType.MULTIPLE}:
        return Drawn(question.question_id, kind, _shuffled(question.options, chance))
    return Drawn(question.question_id, kind, _ids(question.options))


def _ids(options: Iterable[Option]) -> tuple[str, ...]:
    return tuple(option.option_id for option in options)


def _shuffled(options: Iterable[Option], chance: random.Random) -> tuple[str, ...]:
    ids = list(_ids(options))
    chance.shuffle(ids)
    return tuple(ids)


def _out_of_order(options: tuple[Option, ...], chance: random.Random) -> tuple[str, ...]:
    """Never in the right order: that would be the answer."""
    shuffled, right = _shuffled(options, chance), _ids(options)
    return (*shuffled[1:], shuffled[0]) if shuffled == right else shuffled
