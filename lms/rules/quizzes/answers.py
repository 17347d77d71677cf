"""Answers. What a page sends names options by their place; what is kept names them by their id.

| question | kept as |
|---|---|
| single, true or false | the id of an option |
| multiple | ids, in the order shown |
| short text, numeric | the text as it was typed |
| matching | `{id: id of the other side}` |
| ordering | `{id: place}`, the first place is 1 |

What was not answered is None. A place that was not shown is refused: no page of ours sends it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lms.enums import QuestionType
from lms.rules.quizzes.drawing import Drawn

Answer = str | list[str] | dict[str, Any] | None
MOST_ANSWER = 1_000
_TYPED = frozenset({QuestionType.SHORT_TEXT, QuestionType.NUMERIC})


class NotAnAnswer(ValueError):
    """Names something that was not asked."""


def read(drawn: Drawn, given: Mapping[str, Sequence[str]]) -> Answer:
    """`given` maps `""` to what was chosen or typed, or the place of an option to what was put beside it.

    Raises NotAnAnswer.
    """
    kind = drawn.question_type
    if kind in _TYPED:
        return _typed(given.get("", ()))
    if kind is QuestionType.MATCHING:
        return _beside(drawn, given, [str(one) for one in drawn.choices])
    if kind is QuestionType.ORDERING:
        return _beside(drawn, given, list(range(1, len(drawn.options) + 1)))
    chosen = [_at(drawn.options, place) for place in given.get("", ()) if place]
    if kind is QuestionType.MULTIPLE:
        return [one for one in drawn.options if one in chosen] or None
    if len(chosen) > 1:
        raise NotAnAnswer("Only one of the options can be chosen.")
    return chosen[0] if chosen else None


def is_answered(drawn: Drawn, answer: Answer) -> bool:
    """Wholly: a place left open in a matching or an ordering question leaves the question open."""
    if isinstance(answer, dict):
        return len(answer) == len(drawn.options) and not has_double_places(drawn, answer)
    return bool(answer)


def has_double_places(drawn: Drawn, answer: Answer) -> bool:
    if drawn.question_type is not QuestionType.ORDERING or not isinstance(answer, dict):
        return False
    return len(set(answer.values())) < len(answer)


def _typed(given: Sequence[str]) -> str | None:
    text = given[0].strip() if given else ""
    if len(given) > 1 or len(text) > MOST_ANSWER:
        raise NotAnAnswer(f"An answer has at most {MOST_ANSWER} characters.")
    return text or None


def _beside(drawn: Drawn, given: Mapping[str, Sequence[str]], choices: list[Any]) -> dict[str, Any] | None:
    answer = {}
    for place, values in given.items():
        option_id = _at(drawn.options, place)
        if len(values) != 1:
            raise NotAnAnswer("One answer for each.")
        if values[0]:
            answer[option_id] = _at(choices, values[0])
    return {one: answer[one] for one in drawn.options if one in answer} or None


def _at(shown: Sequence[Any], place: str) -> Any:
    """What stood at a place, counted from 1."""
    if not (place.isascii() and place.isdigit()) or len(place) > 3 or not 1 <= int(place) <= len(shown):
        raise NotAnAnswer("That was not among what could be chosen.")
    return shown[int(place) - 1]
