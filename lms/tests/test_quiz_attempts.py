"""Attempts through the services: one at a time, no answer lost, graded once, on the questions they began with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from core.aws import metering
from core.errors import Invalid, NotFound, Refused
from core.testing import CARL, CORA, RITA, VERA
from lms.enums import AttemptStatus, Feedback, ProgressStatus, ScorePolicy
from lms.rules.quizzes import Question
from lms.rules.quizzes.quiz import Option, Quiz
from lms.services import attempts, grading, learning, publishing
from lms.store import quizzes as store
from lms.store.learning import lesson_row
from lms.tests.quiz_factories import EVERY_TYPE, MULTIPLE, RIGHT, SINGLE, answer, given_for, published_quiz, quiz, take

pytestmark = pytest.mark.usefixtures("cloud")

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def start(course_id: str, lesson_id: str, by=VERA):
    return attempts.start(course_id=course_id, lesson_id=lesson_id, by=by)


def submit(attempt, by=VERA, **posted):
    return attempts.submit(
        course_id=attempt.course_id, lesson_id=attempt.lesson_id, number=int(attempt.number), by=by, **posted
    )


def row_of(attempt, by=VERA):
    return lesson_row(by.user_id, attempt.course_id, attempt.lesson_id)


def test_passing_a_quiz_completes_its_lesson_with_points() -> None:
    course_id, lesson_id = published_quiz(quiz(*EVERY_TYPE))
    attempt = take(course_id, lesson_id, VERA)
    assert (attempt.status, attempt.earned, attempt.total, attempt.passed) == (AttemptStatus.GRADED, 14, 14, True)
    row = row_of(attempt)
    assert (row.status, row.points, row.points_possible) == (ProgressStatus.COMPLETED, 14, 14)
    assert learning.load(VERA, course_id).finished


def test_nothing_right_is_a_score_of_0_and_completes_nothing() -> None:
    attempt = take(*published_quiz(), VERA, right=False)
    assert (attempt.earned, attempt.passed) == (0, False)
    assert (row_of(attempt).points, row_of(attempt).status) == (0, ProgressStatus.IN_PROGRESS)


def test_starting_twice_gives_the_same_attempt() -> None:
    course_id, lesson_id = published_quiz(quiz(attempt_limit=1))
    first, second = start(course_id, lesson_id), start(course_id, lesson_id)
    assert first.number == second.number == 1
    assert first.drawn == second.drawn


def test_attempts_are_counted_from_their_start_and_limited() -> None:
    place = published_quiz(quiz(attempt_limit=2))
    take(*place, VERA, right=False)
    take(*place, VERA, right=False)
    with pytest.raises(Refused, match="used all attempts"):
        start(*place)


def test_who_has_tried_as_often_as_can_be_kept_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_OF_ONE", 2)
    place = published_quiz()
    for _ in range(2):
        take(*place, VERA, right=False)
    with pytest.raises(Refused, match="so often"):
        start(*place)


def test_there_is_a_pause_between_attempts_where_the_author_wants_one() -> None:
    place = published_quiz(quiz(cooldown_minutes=60))
    with clock.at(T0):
        take(*place, VERA, right=False)
    with clock.at(T0 + timedelta(minutes=59)), pytest.raises(Refused, match="later"):
        start(*place)
    with clock.at(T0 + timedelta(minutes=60)):
        assert start(*place).number == 2


def test_the_newest_answer_is_kept_whatever_comes_late() -> None:
    attempt = start(*published_quiz())
    assert answer(attempt, "q-single", "o-late", by=VERA, rev=5).taken
    late = answer(attempt, "q-single", "o-never", by=VERA, rev=4)
    assert (late.taken, late.rev) == (False, 5)
    assert answer(attempt, "q-single", "o-late", by=VERA, rev=5).taken, "the same answer sent again is kept"
    assert answer(attempt, "q-single", "o-early", by=VERA, rev=6).taken
    assert submit(attempt).earned == 1


def test_keeping_an_answer_takes_two_requests() -> None:
    attempt = start(*published_quiz(quiz(*EVERY_TYPE)))
    for one in EVERY_TYPE:
        store._quiz.cache_clear()
        meter = metering.start()
        answer(attempt, one.question_id, RIGHT[one.question_id], by=VERA)
        assert meter.calls <= 2


def test_what_was_posted_with_the_submission_counts() -> None:
    attempt = start(*published_quiz())
    posted = {"q-single": attempts.Posted(given_for(attempt, "q-single", "o-early"))}
    assert submit(attempt, posted=posted).passed


def test_a_page_that_is_behind_does_not_overwrite_what_was_saved_since() -> None:
    attempt = start(*published_quiz())
    answer(attempt, "q-single", "o-early", by=VERA, rev=7)
    old_page = {"q-single": attempts.Posted(given_for(attempt, "q-single", "o-late"), seen_rev=3)}
    kept, passed_over = attempts.save_all(
        course_id=attempt.course_id, lesson_id=attempt.lesson_id, number=1, posted=old_page, by=VERA
    )
    assert (kept.answers["q-single"]["value"], passed_over) == ("o-early", 1)
    assert submit(attempt, posted=old_page).passed


def test_handing_in_twice_grades_once() -> None:
    attempt = start(*published_quiz())
    answer(attempt, "q-single", "o-early", by=VERA)
    first = submit(attempt)
    wrong = {"q-single": attempts.Posted(given_for(attempt, "q-single", "o-late"), seen_rev=2**60)}
    second = submit(attempt, posted=wrong)
    assert (second.finished_at, second.rev, second.earned) == (first.finished_at, first.rev, 1)


@pytest.mark.parametrize(("seconds", "status", "earned"), [(0, "graded", 1), (30, "graded", 1), (31, "expired", 0)])
def test_what_comes_within_the_grace_counts_and_nothing_later(seconds: int, status: str, earned: int) -> None:
    with clock.at(T0):
        attempt = start(*published_quiz(quiz(time_limit_minutes=10)))
        assert attempt.deadline_at == T0 + timedelta(minutes=10)
    with clock.at(attempt.deadline_at + timedelta(seconds=seconds)):
        posted = {"q-single": attempts.Posted(given_for(attempt, "q-single", "o-early"))}
        done = submit(attempt, posted=posted)
    assert (done.status, done.earned) == (status, earned)


def test_time_that_ran_out_gives_the_same_result_on_read_and_by_the_sweep() -> None:
    place = published_quiz(quiz(SINGLE, MULTIPLE, time_limit_minutes=10, pass_mark=20))
    done = {}
    for person, later in ((VERA, timedelta(minutes=11)), (CORA, timedelta(days=2))):
        with clock.at(T0):
            answer(start(*place, by=person), "q-single", "o-early", by=person, rev=1)
        with clock.at(T0 + later):
            if person is VERA:
                attempts.mine(learning.load(VERA, place[0]), place[1])
            else:
                assert grading.finish_overdue(clock.now()) == 1
                assert grading.finish_overdue(clock.now()) == 0
        done[person.user_id] = store.attempt_of(person.user_id, place[1], 1)
        assert row_of(done[person.user_id], person).status == ProgressStatus.COMPLETED
    results = {
        (one.status, one.earned, one.total, one.passed, one.finished_at, one.open_until) for one in done.values()
    }
    assert results == {("expired", 1, 5, True, T0 + timedelta(minutes=10), None)}


def test_one_that_cannot_be_finished_keeps_no_other_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    place = published_quiz(quiz(time_limit_minutes=10))
    with clock.at(T0):
        begun = {one.user_id: start(*place, by=one) for one in (VERA, CORA, CARL)}
    real = grading.quiz_of
    monkeypatch.setattr(grading, "quiz_of", lambda one: {}[1] if one.user_id == first.user_id else real(one))
    with clock.at(T0 + timedelta(minutes=11)):
        first = next(iter(store.overdue(T0.date(), clock.now())))
        assert grading.finish_overdue(clock.now()) == 2
    left = {user_id: store.attempt_of(user_id, place[1], 1).status for user_id in begun}
    assert sorted(left.values()) == ["expired", "expired", "in_progress"]
    assert left[first.user_id] == AttemptStatus.IN_PROGRESS


def test_an_answer_after_the_time_is_refused_and_what_was_saved_counts() -> None:
    with clock.at(T0):
        attempt = start(*published_quiz(quiz(time_limit_minutes=10)))
        answer(attempt, "q-single", "o-early", by=VERA, rev=1)
    with clock.at(T0 + timedelta(hours=1)):
        with pytest.raises(Refused, match="time is up"):
            answer(attempt, "q-single", "o-late", by=VERA, rev=2)
        assert submit(attempt).passed


def test_an_attempt_ends_when_the_quiz_closes_and_none_starts_after() -> None:
    place = published_quiz(quiz(time_limit_minutes=60, closes_at=clock.iso(T0 + timedelta(minutes=5))))
    with clock.at(T0):
        assert start(*place).deadline_at == T0 + timedelta(minutes=5)
    with clock.at(T0 + timedelta(minutes=6)), pytest.raises(Refused, match="closed"):
        start(*place)


def test_what_is_not_hers_or_was_not_asked_is_refused() -> None:
    attempt = start(*published_quiz(quiz(SINGLE, MULTIPLE, draw=1)))
    other = ({"q-single", "q-multiple"} - {one["question_id"] for one in attempt.drawn}).pop()
    args = {"course_id": attempt.course_id, "lesson_id": attempt.lesson_id, "number": 1}
    (asked,) = [one["question_id"] for one in attempt.drawn]
    with pytest.raises(Invalid, match="not part of your attempt"):
        attempts.save(**args, question_id=other, given={"": ["1"]}, rev=1, by=VERA)
    with pytest.raises(NotFound):
        attempts.save(**args, question_id=asked, given={"": ["1"]}, rev=1, by=CORA)
    with pytest.raises(NotFound):
        attempts.submit(**args | {"course_id": "another"}, by=VERA)
    for place in ("0", "99", "-1", "o-early", "²"):
        with pytest.raises(Invalid):
            attempts.save(**args, question_id=asked, given={"": [place]}, rev=1, by=VERA)
    for rev in (0, -5, 10**30):
        with pytest.raises(Invalid, match="impossible time"):
            attempts.save(**args, question_id=asked, given={"": ["1"]}, rev=rev, by=VERA)


def test_an_attempt_that_was_handed_in_takes_no_more_answers() -> None:
    attempt = take(*published_quiz(), VERA)
    with pytest.raises(Refused, match="handed in"):
        answer(attempt, "q-single", "o-late", by=VERA, rev=9)


def test_an_attempt_finishes_on_the_questions_it_began_with() -> None:
    course_id, lesson_id = published_quiz()
    attempt = start(course_id, lesson_id)
    changed = Quiz(
        questions=(
            Question("q-new", SINGLE.question_type, "New?", options=(Option("a", "A", correct=True), Option("b", "B"))),
        )
    )
    republish(course_id, lesson_id, changed)
    answer(attempt, "q-single", "o-early", by=VERA)
    assert submit(attempt).passed
    assert learning.load(VERA, course_id).finished


def test_a_pass_on_questions_that_must_be_done_again_completes_nothing() -> None:
    course_id, lesson_id = published_quiz(quiz(attempt_limit=1))
    attempt = start(course_id, lesson_id)
    republish(course_id, lesson_id, quiz(attempt_limit=1), redo={lesson_id})
    answer(attempt, "q-single", "o-early", by=VERA)
    assert submit(attempt).passed
    assert not learning.load(VERA, course_id).finished
    assert take(course_id, lesson_id, VERA).number == 2
    assert learning.load(VERA, course_id).finished


def test_a_pass_stays_a_pass_whatever_comes_after() -> None:
    place = published_quiz(quiz(score_policy=ScorePolicy.LAST, feedback=Feedback.NEVER))
    take(*place, VERA)
    failed = take(*place, VERA, right=False)
    assert (row_of(failed).status, row_of(failed).points) == (ProgressStatus.COMPLETED, 0)


def test_a_quiz_of_a_draft_cannot_be_started() -> None:
    from lms.tests.quiz_factories import draft_with_quiz

    with pytest.raises(NotFound):
        start(*draft_with_quiz(), by=CARL)


def republish(course_id: str, lesson_id: str, changed: Quiz, **how) -> None:
    from lms import store as courses_store

    lesson = courses_store.lesson_by_id(course_id, lesson_id, fresh=True)
    lesson.content = changed.to_content()
    courses_store.save_lesson(lesson, audit=())
    publishing.publish(course_id=course_id, by=RITA, **how)
