"""Setting attempts aside, grading again, and numbers about questions: by whom, and with which trace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.store import audit_of_target
from core.errors import Invalid, NotFound, Refused
from core.testing import ANA, CARL, RITA, VERA, sign_in
from lms import store
from lms.enums import AttemptStatus, Feedback, ProgressStatus
from lms.rules.quizzes import Option, Quiz
from lms.services import attempts, grading, learning, publishing, quiz_managing
from lms.store.learning import lesson_row
from lms.store.quizzes import attempt_of, attempts_of
from lms.tests.quiz_factories import MULTIPLE, SINGLE, answer, published_quiz, quiz, take

pytestmark = pytest.mark.usefixtures("cloud")

PUT_RIGHT = replace(
    SINGLE,
    options=(
        Option("o-late", "On the last day", correct=True),
        Option("o-early", "120 days before"),
        SINGLE.options[2],
    ),
)


def void(place: tuple[str, str], number: int = 1, *, by=RITA, reason="The fire alarm rang."):
    return quiz_managing.void(
        course_id=place[0], lesson_id=place[1], user_id=VERA.user_id, number=number, reason=reason, by=by
    )


def republish(place: tuple[str, str], changed: Quiz) -> None:
    lesson = store.lesson_by_id(*place, fresh=True)
    lesson.content = changed.to_content()
    store.save_lesson(lesson, audit=())
    publishing.publish(course_id=place[0], by=RITA)


def actions_about(place: tuple[str, str]) -> list[str]:
    return [entry.action for entry in audit_of_target(f"quiz:{quiz_managing.audit_id(*place)}").items]


def answered(place: tuple[str, str], value: str):
    attempt = attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    answer(attempt, "q-single", value, by=VERA)
    return attempts.submit(course_id=place[0], lesson_id=place[1], number=int(attempt.number), by=VERA)


def test_an_attempt_set_aside_counts_no_more_and_is_given_back() -> None:
    place = published_quiz(quiz(attempt_limit=1))
    take(*place, VERA, right=False)
    for _ in range(2):
        assert void(place).status == AttemptStatus.VOID
    assert actions_about(place) == ["quiz.attempt_voided"]
    assert lesson_row(VERA.user_id, *place).points is None
    assert take(*place, VERA).number == 2
    assert learning.load(VERA, place[0]).finished


def test_an_open_attempt_that_is_set_aside_takes_no_more_answers() -> None:
    place = published_quiz(quiz(time_limit_minutes=10))
    attempt = attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    void(place)
    with pytest.raises(Refused, match="set aside"):
        answer(attempt, "q-single", "o-early", by=VERA)
    again = attempts.submit(course_id=place[0], lesson_id=place[1], number=1, by=VERA)
    assert (again.status, again.open_until, again.marks) == (AttemptStatus.VOID, None, None)
    assert lesson_row(VERA.user_id, *place).status == ProgressStatus.IN_PROGRESS


def test_an_attempt_set_aside_shows_no_right_answers_to_who_has_it_back() -> None:
    place = published_quiz(quiz(attempt_limit=1, feedback=Feedback.AFTER_ATTEMPT))
    attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    void(place)
    page = sign_in(Client(), VERA).get(reverse("lms:quiz-attempt", args=[*place, 1])).content.decode()
    assert "set aside" in page
    assert "120 days before" not in page
    assert "budget is made early" not in page


def test_setting_a_pass_aside_takes_no_completion_away() -> None:
    place = published_quiz()
    take(*place, VERA)
    void(place)
    assert lesson_row(VERA.user_id, *place).status == ProgressStatus.COMPLETED
    assert learning.load(VERA, place[0]).finished


def test_managers_alone_set_aside_and_say_why() -> None:
    place = published_quiz()
    take(*place, VERA)
    for person in (VERA, CARL):
        with pytest.raises(Refused):
            void(place, by=person)
    with pytest.raises(Invalid):
        void(place, reason=" ")
    with pytest.raises(NotFound):
        void(place, number=7)


def test_grading_again_passes_those_whose_answer_was_right_all_along() -> None:
    place = published_quiz()
    assert not answered(place, "o-late").passed
    republish(place, quiz(PUT_RIGHT))
    (found,) = quiz_managing.preview_regrade(course_id=place[0], lesson_id=place[1], by=RITA)
    assert (found.raised, found.lowered) == (True, False)
    assert not attempt_of(VERA.user_id, place[1], 1).passed, "looking changes nothing"
    quiz_managing.regrade(course_id=place[0], lesson_id=place[1], by=RITA)
    again = attempt_of(VERA.user_id, place[1], 1)
    assert (again.passed, again.earned, again.graded_version) == (True, 1, 2)
    assert learning.load(VERA, place[0]).finished
    assert actions_about(place) == ["quiz.attempt_regraded"]
    assert quiz_managing.preview_regrade(course_id=place[0], lesson_id=place[1], by=RITA) == []


def test_grading_again_takes_no_pass_away_unless_an_admin_says_so() -> None:
    place = published_quiz()
    answered(place, "o-early")
    republish(place, quiz(PUT_RIGHT))
    where = {"course_id": place[0], "lesson_id": place[1]}
    assert quiz_managing.regrade(**where, by=RITA) == []
    assert attempt_of(VERA.user_id, place[1], 1).passed
    with pytest.raises(Refused, match="Only an Admin"):
        quiz_managing.regrade(**where, by=RITA, lower=True)
    assert len(quiz_managing.regrade(**where, by=ANA, lower=True)) == 1
    assert not attempt_of(VERA.user_id, place[1], 1).passed
    assert learning.load(VERA, place[0]).finished, "what was completed stays completed"


def test_attempts_whose_question_is_gone_keep_their_points() -> None:
    place = published_quiz()
    answered(place, "o-early")
    republish(place, quiz(MULTIPLE))
    assert quiz_managing.preview_regrade(course_id=place[0], lesson_id=place[1], by=RITA) == []


def test_a_result_that_did_not_reach_progress_reaches_it_when_she_comes_back(monkeypatch) -> None:
    place = published_quiz()
    monkeypatch.setattr(grading, "settle", lambda *_: None)
    take(*place, VERA)
    monkeypatch.undo()
    assert not learning.load(VERA, place[0]).finished
    sign_in(Client(), VERA).get(reverse("lms:lesson", args=place))
    assert learning.load(VERA, place[0]).finished


def test_the_audit_log_tells_which_quiz_and_what_was_done() -> None:
    place = published_quiz()
    take(*place, VERA)
    void(place)
    page = sign_in(Client(), ANA).get("/manage/audit/").content.decode()
    assert "set an attempt aside" in page
    assert reverse("lms:quiz-attempts", args=place) in page


def test_managers_see_attempts_and_authors_see_numbers_without_names() -> None:
    place = published_quiz(quiz(SINGLE, MULTIPLE))
    take(*place, VERA)
    take(*place, VERA, right=False)
    rita, carl = sign_in(Client(), RITA), sign_in(Client(), CARL)
    page = carl.get(reverse("lms:quiz-analysis", args=place)).content.decode()
    for told in ("2 attempts", "1 passed", "50% on average", "When does a renewal begin?", "<svg", "As a table"):
        assert told in page
    assert VERA.user_id not in page
    listing = rita.get(reverse("lms:quiz-attempts", args=place)).content.decode()
    assert listing.count("Set aside attempt") == 2
    address = reverse("lms:quiz-void", args=[*place, VERA.user_id, 2])
    assert rita.post(address, {"reason": ""}).status_code == 400
    assert rita.post(address, {"reason": "A mistake."}).status_code == 303
    assert [one.status for one in attempts_of(VERA.user_id, place[1])] == ["graded", "void"]
    assert "Nothing would change" in rita.get(reverse("lms:quiz-regrade", args=place)).content.decode()
