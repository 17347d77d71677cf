"""Numbers about questions, against what was worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from lms.enums import QuestionType
from lms.rules.quizzes import Option, Question
from lms.rules.quizzes.analysis import Sat, analyse, distribution, point_biserial, wrong_choices
from lms.tests.quiz_factories import MATCHING, MULTIPLE, NUMERIC, ORDERING, SHORT_TEXT, SINGLE


def question(name: str) -> Question:
    options = (Option("right", "Right", correct=True), Option("wrong", "Wrong"), Option("worse", "Worse"))
    return Question(name, QuestionType.SINGLE, f"{name}?", options=options)


FOUR = tuple(map(question, "abcd"))


def sat(*answers: str) -> Sat:
    marks = {one.question_id: int(answer == "right") for one, answer in zip(FOUR, answers, strict=True)}
    given = {one.question_id: answer or None for one, answer in zip(FOUR, answers, strict=True)}
    return Sat(FOUR, given, marks, passed=sum(marks.values()) >= 3)


# Rest scores of question a, of 3: 3 and 1 where it is right, 2 and 0 where it is not. Means 2/3 and 1/3, standard
# deviation of 1, 1/3, 2/3, 0 is 0.37268, p = q = 1/2: (1/3) / 0.37268 * 1/2 = 0.4472.
ATTEMPTS = (
    sat("right", "right", "right", "right"),
    sat("right", "right", "wrong", "wrong"),
    sat("wrong", "right", "right", "wrong"),
    sat("worse", "wrong", "wrong", ""),
)


def test_difficulty_and_discrimination_are_as_worked_out_by_hand() -> None:
    found = analyse(ATTEMPTS)
    assert (found.count, found.passed, found.mean) == (4, 1, 50)
    assert [item.share for item in found.items] == [50, 75, 50, 25]
    assert found.items[0].discrimination == pytest.approx(0.4472, abs=0.0001)
    assert [item.answered for item in found.items] == [4, 4, 4, 3]
    assert (found.items[2].wrong, found.items[2].wrong_count) == ("Wrong", 2)


def test_a_question_that_everybody_or_nobody_has_right_discriminates_nothing() -> None:
    rest = [Fraction(1), Fraction(0)]
    assert point_biserial([True, True], rest) is None
    assert point_biserial([True, False], [Fraction(1), Fraction(1)]) is None
    assert point_biserial([True], [Fraction(1)]) is None
    assert point_biserial([True, False], rest) == pytest.approx(1.0)
    assert point_biserial([False, True], rest) == pytest.approx(-1.0)


def test_a_changed_question_is_counted_since_its_change() -> None:
    changed = replace(FOUR[0], text="Asked better?")
    newer = replace(ATTEMPTS[0], questions=(changed, *FOUR[1:]))
    found = analyse((newer, *ATTEMPTS))
    assert [item.asked for item in found.items] == [1, 5, 5, 5]
    assert found.items[0].question.text == "Asked better?"


def test_all_points_are_in_the_last_group_and_none_in_the_first() -> None:
    shares = [Fraction(0), Fraction(9, 100), Fraction(1, 10), Fraction(99, 100), Fraction(1)]
    assert distribution(shares) == (2, 1, 0, 0, 0, 0, 0, 0, 0, 2)


def test_without_attempts_there_is_nothing_to_tell() -> None:
    assert (analyse(()).count, analyse(()).mean, analyse(()).items) == (0, 0, ())


@pytest.mark.parametrize(
    ("asked", "answer", "wrong"),
    [
        (SINGLE, "o-late", ["On the last day"]),
        (SINGLE, "o-early", []),
        (SINGLE, None, []),
        (MULTIPLE, ["o-csm", "o-press"], ["The press"]),
        (SHORT_TEXT, " The SELLER", ["the seller"]),
        (NUMERIC, "12", ["12"]),
        (MATCHING, {"o-a": "o-a", "o-b": "o-c"}, ["Alumni → Students"]),
        (ORDERING, {"o-1": 2, "o-2": 1, "o-3": 3}, ["1. Call the buyer, 2. Review usage, 3. Send the quote"]),
    ],
)
def test_wrong_answers_are_told_so_that_they_can_be_counted(asked, answer, wrong) -> None:
    assert wrong_choices(asked, answer) == wrong
