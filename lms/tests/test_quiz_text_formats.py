"""Questions written in GIFT and Aiken: what is taken over, and what is said of the rest."""

from __future__ import annotations

import time
from itertools import count

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.testing import CARL, sign_in
from lms import store
from lms.enums import QuestionType
from lms.rules.quizzes import Question, Quiz
from lms.rules.quizzes.text_formats import Taken, read
from lms.tests.quiz_factories import draft_with_quiz

AIKEN = "When does it begin?\nA) Late\nB. Early\nANSWER: B\n\nWho signs?\nA) The buyer\nB) Nobody\nanswer: a\n"


def taken(text: str) -> Taken:
    numbers = count(1)
    return read(text, lambda: f"id-{next(numbers)}")


def one(text: str) -> Question:
    found = taken(text)
    assert found.refused == ()
    (question,) = found.questions
    return question


def right(question: Question) -> list[str]:
    return [option.text for option in question.options if option.correct]


def test_aiken_questions_have_one_right_option() -> None:
    first, second = taken(AIKEN.replace("\n", "\r\n")).questions
    assert (first.text, [option.text for option in first.options], right(first)) == (
        "When does it begin?",
        ["Late", "Early"],
        ["Early"],
    )
    assert right(second) == ["The buyer"]


def test_gift_questions_of_each_kind() -> None:
    single = one("// a comment\n::Name::Who?[html] {\n ~Grant # no\n\n =no one # yes\n}")
    assert (single.question_type, single.text, right(single)) == (QuestionType.SINGLE, "Who?", ["no one"])
    assert single.explanation == "- Grant: no\n- no one: yes"
    multiple = one("Who? {~%50%A ~%50%B ~%-100%C}")
    assert (multiple.question_type, right(multiple)) == (QuestionType.MULTIPLE, ["A", "B"])
    assert right(one("It rains. {TRUE#no#yes####Because.}")) == ["True"]
    assert one("It rains. {F####Because.}").explanation == "Because."
    short = one("Two and two are {=four =%50%five =4}.")
    assert (short.question_type, short.text, short.accepted) == (
        QuestionType.SHORT_TEXT,
        "Two and two are _____ .",
        ("four", "4"),
    )
    assert (one("Pi? {#3.14:0.01}").number, one("Pi? {#3.14:0.01}").tolerance) == ("3.14", "0.01")
    assert (one("Pi? {#3..4}").number, one("Pi? {#3..4}").tolerance) == ("3.5", "0.5")
    pairs = one("Match. {=Canada -> Ottawa =Italy -> Rome}")
    assert [(option.text, option.match) for option in pairs.options] == [("Canada", "Ottawa"), ("Italy", "Rome")]
    assert right(one(r"Which equals 5? {~\= 2 + 2 =\= 2 + 3}")) == ["= 2 + 3"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("How are you? {}", "essay"),
        ("Just a text", "no answers in braces"),
        ("What? {~A ~B}", "Mark at least one correct"),
        ("What? {#much}", "not a number"),
        ("What? {#1e400..2}", "not a number"),
        ("What? {A or B}", "not marked"),
        ("What? {=any*}", "any letters"),
        ("What?\nA) One\nANSWER: A", "at least 2 options"),
        ("What?\nA) One\nB) Two\nANSWER: D", "one correct option"),
    ],
)
def test_what_cannot_be_taken_over_is_named_with_its_reason(text: str, reason: str) -> None:
    found = taken(text)
    assert found.questions == ()
    (told,) = found.refused
    assert reason in told


def test_a_bad_question_does_not_keep_the_others_away() -> None:
    found = taken("How are you? {}\n\nIt rains. {T}")
    assert (len(found.questions), len(found.refused)) == (1, 1)


@given(st.text(alphabet="ab\n{}=~#:%\\-> 1.T/", max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = taken(text)
    assert len({question.question_id for question in found.questions}) == len(found.questions)


@pytest.mark.parametrize("part", ["{\n\n", "{", "::a", "x{%1", "[html", "\n ", "=a", "{}", "\\"])
def test_no_text_takes_long_however_it_is_made(part: str) -> None:
    began = time.monotonic()
    taken(part * (200_000 // len(part)))
    assert time.monotonic() - began < 10, "a text that is looked at twice takes minutes"


@pytest.mark.usefixtures("cloud")
def test_an_author_pastes_questions_and_sending_them_twice_adds_them_once() -> None:
    place = draft_with_quiz(Quiz())
    carl, address = sign_in(Client(), CARL), reverse("lms:quiz-text", args=place)
    sent = {"text": "How are you? {}\n\nIt rains. {T}", "batch": "b1"}
    for _ in range(2):
        page = carl.post(address, sent).content.decode()
        assert "1 question was not taken over" in page
        assert "essay" in page
    assert len(store.lesson_by_id(*place, fresh=True).content["questions"]) == 1
    assert carl.post(address, {"text": AIKEN, "batch": "b2"}).status_code == 303
    assert len(store.lesson_by_id(*place, fresh=True).content["questions"]) == 3
    assert carl.post(address, {"text": " ", "batch": "b3"}).status_code == 400
