"""Points, numbers, drawing, limits and scores: truth tables, and what holds for every quiz there can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.enums import AttemptStatus, Feedback, QuestionType, ScorePolicy
from lms.rules.quizzes import Option, Question, Quiz, answers, attempts, drawing, grading, missing, text
from lms.rules.quizzes.attempts import Try
from lms.tests.quiz_factories import (
    EVERY_TYPE,
    MATCHING,
    MULTIPLE,
    NUMERIC,
    ORDERING,
    RIGHT,
    SHORT_TEXT,
    SINGLE,
    TRUE_FALSE,
    quiz,
)

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "answer", "points"),
    [
        (SINGLE, "o-early", 1),
        (SINGLE, "o-late", 0),
        (SINGLE, None, 0),
        (SINGLE, "made-up", 0),
        (SINGLE, ["o-early"], 0),
        (TRUE_FALSE, "false", 1),
        (TRUE_FALSE, "true", 0),
        (MULTIPLE, ["o-csm", "o-buyer"], 4),
        (MULTIPLE, ["o-csm"], 2),
        (MULTIPLE, ["o-csm", "o-press"], 0),
        (MULTIPLE, ["o-csm", "o-buyer", "o-press"], 2),
        (MULTIPLE, ["o-csm", "o-buyer", "o-press", "o-rival"], 0),
        (MULTIPLE, ["o-press", "o-rival"], 0),
        (SHORT_TEXT, "BUYER", 1),
        (SHORT_TEXT, "the\u00a0  Buyer ", 1),
        (SHORT_TEXT, "\uff42\uff55\uff59\uff45\uff52", 1),
        (SHORT_TEXT, "the seller", 0),
        (NUMERIC, "123.4", 1),
        (NUMERIC, "123,9", 1),
        (NUMERIC, "122.9", 1),
        (NUMERIC, "122.89", 0),
        (NUMERIC, "NaN", 0),
        (NUMERIC, "1e2", 0),
        (MATCHING, {"o-a": "o-a", "o-b": "o-b", "o-c": "o-c"}, 3),
        (MATCHING, {"o-a": "o-a", "o-b": "o-c", "o-c": "o-b"}, 1),
        (MATCHING, {"o-a": "o-d"}, 0),
        (ORDERING, {"o-1": 1, "o-2": 2, "o-3": 3}, 3),
        (ORDERING, {"o-1": 1, "o-2": 3, "o-3": 2}, 1),
        (ORDERING, {"o-1": 1, "o-2": 1, "o-3": 1}, 1),
        (ORDERING, {}, 0),
    ],
)
def test_points(question: Question, answer: answers.Answer, points: int) -> None:
    assert grading.points(question, answer) == points
    whole = points if points == question.points else 0
    assert grading.points(question, answer, partial=False) == whole


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.5", ["1.5"]),
        ("1,5", ["1.5"]),
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("1 234,5", ["1234.5"]),
        ("1\u202f234,5", ["1234.5"]),
        ("1'234.5", ["1234.5"]),
        ("1,234", ["1.234", "1234"]),
        ("1.234", ["1.234", "1234"]),
        ("1,234,567", ["1234567"]),
        ("0,234", ["0.234"]),
        ("\u22123", ["-3"]),
        ("+3", ["3"]),
        ("15 %", ["15"]),
        (".5", ["0.5"]),
        ("\uff11\uff12", ["12"]),
        ("1.2.3", []),
        ("1,2,3.4,5", []),
        ("Infinity", []),
        ("1e5", []),
        ("", []),
        ("9" * 41, []),
    ],
)
def test_numbers_are_read_however_they_are_written(written: str, meant: list[str]) -> None:
    assert list(text.readings(written)) == [Decimal(one) for one in meant]


@pytest.mark.parametrize(
    ("earned", "total", "mark", "passed"),
    [(8, 10, 80, True), (7, 9, 78, False), (7, 9, 77, True), (0, 10, 1, False), (1, 100, 1, True), (0, 0, 50, False)],
)
def test_passing_is_decided_in_whole_points(earned: int, total: int, mark: int, passed: bool) -> None:
    assert grading.passes(earned, total, mark) is passed


def test_a_quiz_comes_back_from_its_content_as_it_was() -> None:
    made = quiz(*EVERY_TYPE, attempt_limit=3, feedback=Feedback.NEVER, score_policy=ScorePolicy.AVERAGE, draw=4)
    assert Quiz.from_content(made.to_content()) == made
    assert Quiz.from_content({}) == Quiz()


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (Quiz(), "no question"),
        (quiz(pass_mark=0), "pass mark"),
        (quiz(pass_mark=101), "pass mark"),
        (quiz(SINGLE, draw=2), "draws 2 questions and has 1"),
        (quiz(SINGLE, SINGLE), "same id"),
        (quiz(replace(SINGLE, text=" ")), "Question 1: It asks nothing"),
        (quiz(replace(SINGLE, points=0)), "points"),
        (quiz(replace(SINGLE, options=SINGLE.options[:1])), "at least 2 options"),
        (quiz(replace(SINGLE, options=(Option("a", "A"), Option("b", "B")))), "one correct option"),
        (quiz(SINGLE, replace(MULTIPLE, options=(Option("a", "A"), Option("b", "B")))), "Question 2: Mark at least"),
        (quiz(replace(MULTIPLE, options=(Option("a", "Same", correct=True), Option("b", "same ")))), "read the same"),
        (quiz(replace(SHORT_TEXT, accepted=(" ",))), "accepted answer"),
        (quiz(replace(NUMERIC, number="ten")), "number"),
        (quiz(replace(NUMERIC, tolerance="-1")), "tolerance"),
        (quiz(replace(MATCHING, options=(Option("a", "A", match="x"), Option("b", "B")))), "what belongs to each"),
        (quiz(replace(ORDERING, options=(Option("a", "A"),))), "at least 2 options"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(made: Quiz, sentence: str) -> None:
    assert sentence in missing(made.to_content())


def test_nothing_is_missing_in_a_whole_quiz_and_nonsense_is_no_quiz() -> None:
    assert missing(quiz(*EVERY_TYPE, draw=3).to_content()) == ""
    assert "cannot be read" in missing({"questions": [{"text": "?"}]})
    assert "cannot be read" in missing({"pass_mark": "much"})


@given(st.integers(0, 2**53), st.booleans(), st.booleans(), st.integers(0, 7))
def test_a_draw_is_the_same_for_the_same_seed_and_asks_each_question_once(
    seed: int, questions: bool, options: bool, count: int
) -> None:
    made = quiz(*EVERY_TYPE, shuffle_questions=questions, shuffle_options=options, draw=count)
    drawn = drawing.draw(made, seed)
    assert drawn == drawing.draw(made, seed) == drawing.drawn_from([one.to_data() for one in drawn])
    ids = [one.question_id for one in drawn]
    assert len(ids) == len(set(ids)) == made.asked
    if not questions:
        assert ids == [one.question_id for one in EVERY_TYPE if one.question_id in ids]
    for one in drawn:
        question = made.by_id[one.question_id]
        shown = question.lefts if question.question_type is QuestionType.MATCHING else question.options
        assert sorted(one.options) == sorted(option.option_id for option in shown)
        if question.question_type is QuestionType.ORDERING:
            assert one.options != tuple(option.option_id for option in question.options)


@given(st.integers(2, 8), st.data())
def test_points_lie_between_0_and_all_and_all_are_given_for_what_is_wholly_right_alone(count: int, data) -> None:
    options = tuple(Option(f"o{n}", f"Option {n}", correct=data.draw(st.booleans()) or n == 0) for n in range(count))
    points = data.draw(st.integers(1, 100))
    question = Question("q", QuestionType.MULTIPLE, "?", points=points, options=options)
    chosen = data.draw(st.lists(st.sampled_from([one.option_id for one in options]), unique=True))
    earned = grading.points(question, chosen)
    assert 0 <= earned <= points
    assert (earned == points) == grading.is_right(question, chosen) == (set(chosen) == question.correct_ids)


@given(st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=4), max_size=3), max_size=4), st.integers(0, 6))
def test_whatever_is_sent_is_read_or_refused_and_graded_without_failing(sent: dict[str, list[str]], which: int) -> None:
    (drawn,) = drawing.draw(quiz(question := EVERY_TYPE[which]), 1)
    try:
        answer = answers.read(drawn, sent)
    except answers.NotAnAnswer:
        return
    assert 0 <= grading.points(question, answer) <= question.points
    answers.is_answered(drawn, answer)


def test_every_right_answer_earns_all_points() -> None:
    made = quiz(*EVERY_TYPE)
    grade = grading.grade(made, RIGHT, RIGHT)
    assert (grade.earned, grade.total) == (14, 14)


def a_try(
    number: int, earned: int = 0, total: int = 10, status: AttemptStatus = AttemptStatus.GRADED, mark: int = 80
) -> Try:
    end = T0 + timedelta(hours=number)
    return Try(number, status, T0, end, earned, total, grading.passes(earned, total, mark))


@pytest.mark.parametrize(
    ("policy", "earned", "expected"),
    [
        (ScorePolicy.BEST, (3, 9, 5), (9, True)),
        (ScorePolicy.LAST, (3, 9, 5), (5, False)),
        (ScorePolicy.FIRST, (3, 9, 5), (3, False)),
        (ScorePolicy.AVERAGE, (3, 9, 5), (5, False)),
        (ScorePolicy.AVERAGE, (8, 8, 8), (8, True)),
        (ScorePolicy.AVERAGE, (7, 8, 8), (7, False)),
        (ScorePolicy.BEST, (0,), (0, False)),
    ],
)
def test_the_policy_says_which_attempt_counts(policy: ScorePolicy, earned: tuple[int, ...], expected) -> None:
    tries = [a_try(number, points) for number, points in enumerate(earned, 1)]
    score = attempts.score(policy, tries, 80)
    assert (score.earned, score.passed) == expected


def test_void_attempts_count_for_nothing() -> None:
    void = a_try(1, 10, status=AttemptStatus.VOID)
    made = quiz(attempt_limit=1, cooldown_minutes=60)
    assert attempts.score(ScorePolicy.BEST, [void], 80) is None
    assert attempts.attempts_left(made, [void]) == 1
    assert attempts.may_start_at(made, [void]) is None


@pytest.mark.parametrize(
    ("limit", "closes", "expected"),
    [
        (0, "", None),
        (10, "", 10),
        (0, "2026-03-02T09:05:00Z", 5),
        (10, "2026-03-02T09:05:00Z", 5),
        (3, "2026-03-02T09:05:00Z", 3),
    ],
)
def test_the_deadline_is_the_sooner_of_limit_and_closing(limit: int, closes: str, expected: int | None) -> None:
    made = quiz(time_limit_minutes=limit, closes_at=closes)
    assert attempts.deadline(made, T0) == (None if expected is None else T0 + timedelta(minutes=expected))
    assert attempts.minutes_there_are(made, T0) == expected


@pytest.mark.parametrize(
    ("feedback", "earned", "limit", "closed", "shown"),
    [
        (Feedback.NEVER, 10, 1, True, False),
        (Feedback.AFTER_ATTEMPT, 0, 0, False, True),
        (Feedback.AFTER_PASS_OR_LAST, 0, 2, False, False),
        (Feedback.AFTER_PASS_OR_LAST, 0, 0, False, False),
        (Feedback.AFTER_PASS_OR_LAST, 0, 1, False, True),
        (Feedback.AFTER_PASS_OR_LAST, 10, 2, False, True),
        (Feedback.AFTER_PASS_OR_LAST, 0, 0, True, True),
    ],
)
def test_when_correct_answers_leave_the_server(
    feedback: Feedback, earned: int, limit: int, closed: bool, shown: bool
) -> None:
    made = quiz(feedback=feedback, attempt_limit=limit, closes_at="2026-03-02T09:00:00Z" if closed else "")
    assert attempts.shows_feedback(made, [a_try(1, earned)], T0) is shown
    running = Try(2, AttemptStatus.IN_PROGRESS, T0)
    assert attempts.shows_feedback(made, [a_try(1, earned), running], T0) is False
