"""Quizzes as programs take them: answers numbered, handed in once, and nothing told of what is right before its time."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest

from core import clock
from core.api.testing import ApiClient, cost_of, requests_of
from core.testing import CORA, VERA
from lms.enums import Feedback
from lms.services import attempts
from lms.tests.quiz_factories import EVERY_TYPE, RIGHT, SINGLE, given_for, published_quiz, quiz

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")


def _at(course_id, lesson_id):
    return f"courses/{course_id}/lessons/{lesson_id}/attempts"


def _sent(attempt, question_id, answer):
    given = given_for(attempt, question_id, answer)
    values = given.pop("", [])
    return {"values": values, "beside": {place: value[0] for place, value in given.items()}, "rev": 1}


def test_a_whole_attempt_at_a_quiz_with_every_kind_of_question():
    course_id, lesson_id = published_quiz(quiz(*EVERY_TYPE))
    api, base = ApiClient(VERA), _at(course_id, lesson_id)
    sheet = api.post(base).json()
    assert sheet["number"] == 1
    told = json.dumps(sheet)
    assert "correct" not in told
    assert "Early, because" not in told
    own = attempts.own(course_id=course_id, lesson_id=lesson_id, number=1, by=VERA)
    for question in sheet["questions"]:
        name = question["question_id"]
        saved = api.put(f"{base}/1/answers/{name}", _sent(own, name, RIGHT[name]))
        assert saved.status_code == 200, saved.content
        assert saved.json()["taken"] is True
    seen = api.get(f"{base}/1").json()
    assert seen["open"] is True
    assert all(question["answered"] for question in seen["sheet"]["questions"])
    result = api.post(f"{base}/1/submit").json()["result"]
    assert (result["attempt"]["percent"], result["attempt"]["state"]) == (100, "Passed")
    assert all(one["right"] and one["solution"] for one in result["questions"])
    assert api.get(f"courses/{course_id}").json()["progress"]["state"] == "completed"


def test_starting_twice_starts_one_and_handing_in_twice_counts_one():
    course_id, lesson_id = published_quiz(quiz(SINGLE, attempt_limit=2))
    api, base = ApiClient(VERA), _at(course_id, lesson_id)
    assert api.post(base).json()["number"] == api.post(base).json()["number"] == 1
    first = api.post(f"{base}/1/submit").json()
    assert api.post(f"{base}/1/submit").json() == first
    assert first["result"]["attempts_left"] == 1
    assert [one["number"] for one in api.get(base).json()["items"]] == [1]
    assert api.post(base).json()["number"] == 2
    api.post(f"{base}/2/submit")
    refused = api.post(base)
    assert refused.status_code == 403
    assert "used all attempts" in refused.json()["detail"]


def test_of_two_answers_the_later_one_is_kept():
    course_id, lesson_id = published_quiz()
    api, base = ApiClient(VERA), _at(course_id, lesson_id)
    api.post(base)
    answers = f"{base}/1/answers/q-single"
    now = int(time.time() * 1000)
    assert api.put(answers, {"values": ["1"], "rev": now}).json()["taken"] is True
    late = api.put(answers, {"values": ["2"], "rev": now - 5}).json()
    assert (late["rev"], late["taken"]) == (now, False)
    assert api.put(answers, {"rev": now + 1}).json()["taken"] is True  # takes it back
    assert api.get(f"{base}/1").json()["sheet"]["questions"][0]["answered"] is False


def test_answers_that_no_page_sends_are_refused():
    course_id, lesson_id = published_quiz()
    api, base = ApiClient(VERA), _at(course_id, lesson_id)
    api.post(base)
    answers = f"{base}/1/answers/q-single"
    assert api.put(answers, {"values": ["9"], "rev": 1}).status_code == 400
    assert api.put(answers, {"values": ["1", "2"], "rev": 1}).status_code == 400
    assert api.put(answers, {"values": ["1"], "rev": 2**60}).status_code == 400
    assert api.put(f"{base}/1/answers/q-other", {"values": ["1"], "rev": 1}).status_code == 400
    for wrong in ({"rev": 0}, {"rev": 1, "user_id": CORA.user_id}, {"values": "1", "rev": 1}, {}):
        assert api.put(answers, wrong).status_code == 422, wrong
    api.post(f"{base}/1/submit")
    assert api.put(answers, {"values": ["1"], "rev": 1}).status_code == 403


def test_somebody_elses_attempt_is_not_there():
    course_id, lesson_id = published_quiz()
    base = _at(course_id, lesson_id)
    ApiClient(VERA).post(base)
    cora = ApiClient(CORA)
    assert cora.get(f"{base}/1").status_code == 404
    assert cora.put(f"{base}/1/answers/q-single", {"values": ["1"], "rev": 1}).status_code == 404
    assert cora.post(f"{base}/1/submit").status_code == 404
    assert cora.get(base).json() == {"items": []}
    for number in ("0", "-1", "2", "99999999999999999999"):
        assert ApiClient(VERA).get(f"{base}/{number}").status_code == 404, number


@pytest.mark.parametrize(
    ("feedback", "shown"),
    [(Feedback.NEVER, False), (Feedback.AFTER_ATTEMPT, True), (Feedback.AFTER_PASS_OR_LAST, False)],
)
def test_what_is_right_is_told_as_far_as_the_quiz_allows(feedback, shown):
    course_id, lesson_id = published_quiz(quiz(SINGLE, feedback=feedback, attempt_limit=3))
    api, base = ApiClient(VERA), _at(course_id, lesson_id)
    api.post(base)
    answer = api.post(f"{base}/1/submit")
    result = answer.json()["result"]
    assert result["with_feedback"] is shown
    assert (b"120 days before" in answer.content) is shown
    assert result["questions"][0]["right"] is (False if shown else None)
    assert (result["questions"][0]["points"] is not None) is shown


def test_time_that_is_up_ends_an_attempt_for_whoever_looks():
    course_id, lesson_id = published_quiz(quiz(SINGLE, time_limit_minutes=5))
    api, base = ApiClient(VERA), _at(course_id, lesson_id)
    assert 290 <= api.post(base).json()["seconds_left"] <= 300
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert api.put(f"{base}/1/answers/q-single", {"values": ["1"], "rev": 1}).status_code == 403
        seen = api.get(f"{base}/1").json()
    assert (seen["open"], seen["result"]["expired"]) == (False, True)


def test_an_attempt_keeps_its_budget():
    course_id, lesson_id = published_quiz(quiz(*EVERY_TYPE))
    api, base = ApiClient(VERA), _at(course_id, lesson_id)
    api.post(base)
    assert requests_of(api, f"{base}/1") <= 4
    answer = {"values": ["1"], "rev": 1}
    assert cost_of(lambda: api.put(f"{base}/1/answers/q-single", answer)) <= 2
    api.post(f"{base}/1/submit")
    assert requests_of(api, f"{base}/1") <= 4
    assert requests_of(api, base) <= 4
