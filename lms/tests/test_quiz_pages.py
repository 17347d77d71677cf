"""A learner at a quiz through its pages, by plain forms alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.aws import metering
from core.testing import CORA, VERA, sign_in
from lms.enums import Feedback
from lms.rules.quizzes import Quiz
from lms.services import attempts, learning
from lms.tests.quiz_factories import EVERY_TYPE, RIGHT, SINGLE, given_for, published_quiz, quiz, take

pytestmark = pytest.mark.usefixtures("cloud")

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def vera() -> Client:
    return sign_in(Client(), VERA)


def url(name: str, place: tuple[str, str], *args: object) -> str:
    return reverse(f"lms:{name}", args=[*place, *args])


def text_of(response) -> str:
    return response.content.decode()


def filled_in(attempt, answers) -> dict[str, list[str]]:
    """The form of an attempt's page with these answers."""
    data = {}
    for question_id, answer in answers.items():
        for beside, values in given_for(attempt, question_id, answer).items():
            data[f"q:{question_id}:{beside}" if beside else f"q:{question_id}"] = values
    return data | {f"rev:{one['question_id']}": ["0"] for one in attempt.drawn}


def test_a_learner_passes_by_plain_forms_and_the_lesson_is_complete(vera: Client) -> None:
    place = published_quiz(quiz(*EVERY_TYPE, attempt_limit=2, time_limit_minutes=30))
    start_page = text_of(vera.get(url("lesson", place)))
    for told in ("Start the quiz", "30 minutes", "80% of the points", "2 of 2 left", "for 14 points"):
        assert told in start_page
    assert vera.post(url("quiz-start", place)).status_code == 303
    attempt = attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    page = text_of(vera.get(url("lesson", place)))
    assert page.count("<fieldset") >= 7
    assert "Nothing answered yet" in page
    kept = vera.post(url("quiz-answers", place, 1), filled_in(attempt, RIGHT) | {"then": "submit"})
    assert kept.headers["Location"] == url("quiz-submit", place, 1)
    assert "Every question is answered" in text_of(vera.get(kept.headers["Location"]))
    vera.post(url("quiz-submit", place, 1))
    done = vera.get(url("quiz-attempt", place, 1))
    assert "14 of 14 points" in text_of(done)
    assert learning.load(VERA, place[0]).finished


def test_before_handing_in_she_sees_what_is_not_answered(vera: Client) -> None:
    place = published_quiz(quiz(*EVERY_TYPE))
    attempt = attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    answers = RIGHT | {"q-order": {"o-1": 1, "o-2": 1, "o-3": 2}}
    del answers["q-text"]
    vera.post(url("quiz-answers", place, 1), filled_in(attempt, answers))
    page = text_of(vera.get(url("quiz-submit", place, 1)))
    assert "2 questions are not answered" in page
    assert "Two things have the same place" in page
    assert "Two of these have the same place" in text_of(vera.get(url("lesson", place)))


def test_answers_stand_on_the_page_again_when_she_comes_back(vera: Client) -> None:
    place = published_quiz(quiz(*EVERY_TYPE))
    attempt = attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    vera.post(url("quiz-answers", place, 1), filled_in(attempt, RIGHT))
    page = text_of(vera.get(url("lesson", place)))
    assert page.count(" checked") == 4
    assert page.count(" selected") == 6
    assert 'value="123,4"' in page


def test_an_answer_is_kept_by_itself_and_the_time_is_told(vera: Client) -> None:
    place = published_quiz()
    attempt = attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    data = {"question": "q-single", "rev": "7", "q:q-single": given_for(attempt, "q-single", "o-early")[""]}
    answer = vera.post(url("quiz-answer", place, 1), data, headers={"Accept": "application/json"}).json()
    assert (answer["rev"], answer["taken"]) == (7, True)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", answer["at"])


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"question": "q-other"}, 400),
        ({"rev": "-1"}, 400),
        ({"rev": "99999999999999999"}, 400),
        ({"rev": "much"}, 400),
        ({"q:q-single": "44"}, 400),
    ],
)
def test_a_forged_answer_is_refused_in_words(vera: Client, change: dict[str, str], status: int) -> None:
    place = published_quiz()
    attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    data = {"question": "q-single", "rev": "7", "q:q-single": "1"} | change
    answer = vera.post(url("quiz-answer", place, 1), data, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.json()["error"]


def test_another_persons_attempt_is_not_there(vera: Client) -> None:
    place = published_quiz()
    attempts.start(course_id=place[0], lesson_id=place[1], by=CORA)
    data = {"question": "q-single", "rev": "7", "q:q-single": "1", "user_id": CORA.user_id}
    assert vera.post(url("quiz-answer", place, 1), data).status_code == 404
    assert vera.post(url("quiz-answers", place, 1), data).status_code == 404
    assert vera.post(url("quiz-submit", place, 1), data).status_code == 404
    for name in ("quiz-attempt", "quiz-submit"):
        assert vera.get(url(name, place, 1)).status_code == 404


SECRETS = ("Early, because a budget", "120 days before", "Right answer", "Wrong")


@pytest.mark.parametrize(
    ("settings", "right", "seen"),
    [
        ({"feedback": Feedback.NEVER}, False, False),
        ({"feedback": Feedback.AFTER_ATTEMPT}, False, True),
        ({"feedback": Feedback.AFTER_PASS_OR_LAST, "attempt_limit": 2}, False, False),
        ({"feedback": Feedback.AFTER_PASS_OR_LAST, "attempt_limit": 1}, False, True),
    ],
)
def test_right_answers_leave_the_server_only_as_the_policy_allows(vera: Client, settings, right, seen) -> None:
    place = published_quiz(Quiz(questions=(SINGLE,), **settings))
    take(*place, VERA, right=right)
    pages = text_of(vera.get(url("quiz-attempt", place, 1))) + text_of(vera.get(url("lesson", place)))
    assert [secret in pages for secret in SECRETS] == [seen] * len(SECRETS)


def test_while_an_attempt_is_open_nothing_tells_what_is_right(vera: Client) -> None:
    """Not by the answers of an earlier attempt, nor by ids, nor by the order in which options stand."""
    place = published_quiz(quiz(*EVERY_TYPE))
    take(*place, VERA, right=False)
    attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    pages = text_of(vera.get(url("lesson", place))) + text_of(vera.get(url("quiz-attempt", place, 1)))
    assert "Early, because a budget" not in pages
    assert "Right answer" not in pages
    assert "o-early" not in pages
    assert '"o-' not in pages


def test_a_page_behind_its_time_hands_in_what_was_saved(vera: Client) -> None:
    with clock.at(T0):
        place = published_quiz(quiz(time_limit_minutes=5))
        attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    with clock.at(T0 + timedelta(hours=1)):
        told = vera.post(url("quiz-answers", place, 1), {"rev:q-single": "0", "q:q-single": "1"})
        assert (told.status_code, told["Location"]) == (303, url("quiz-attempt", place, 1))
        late = text_of(vera.get(told["Location"]))
    assert "The time is up. The answers saved before count." in late
    assert "The time ran out" in late


def test_a_tab_behind_another_that_handed_in_is_led_to_the_result(vera: Client) -> None:
    place = published_quiz(quiz(attempt_limit=1))
    take(*place, VERA)
    told = vera.post(url("quiz-answers", place, 1), {"rev:q-single": str(2**50), "q:q-single": "1", "then": "submit"})
    assert (told.status_code, told["Location"]) == (303, url("quiz-attempt", place, 1))
    result = text_of(vera.get(told["Location"]))
    assert "This attempt has been handed in. Its answers cannot be changed any more." in result
    assert "100%" in result


def test_a_learner_is_told_why_she_cannot_start_again(vera: Client) -> None:
    place = published_quiz(quiz(attempt_limit=1))
    take(*place, VERA, right=False)
    page = text_of(vera.get(url("lesson", place)))
    assert "You have used all attempts at this quiz." in page
    assert "Start a new attempt" not in page
    assert "Not passed" in page
    assert vera.post(url("quiz-start", place)).status_code == 403


def test_the_page_of_an_open_attempt_takes_four_requests(vera: Client) -> None:
    place = published_quiz(quiz(*EVERY_TYPE))
    attempts.start(course_id=place[0], lesson_id=place[1], by=VERA)
    vera.get(url("lesson", place))
    meter = metering.start()
    vera.get(url("lesson", place))
    assert meter.calls - meter.by_table.get("sessions", 0) <= 4, meter.by_table


def test_every_address_of_an_attempt_asks_for_a_post() -> None:
    client = sign_in(Client(), VERA)
    place = published_quiz()
    for name, args in (("quiz-start", ()), ("quiz-answer", (1,)), ("quiz-answers", (1,))):
        assert client.get(url(name, place, *args)).status_code == 405
