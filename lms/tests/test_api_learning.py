"""Courses and lessons as programs of their learners see them: what the pages show, and no more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from core.api.testing import ApiClient, cost_of, requests_of
from core.testing import ANA, CARL, CORA, RITA, VERA
from lms.enums import LessonType
from lms.services import learning, publishing
from lms.tests.factories import add_lesson, lesson_ids, make_course, make_draft
from lms.tests.quiz_factories import EVERY_TYPE, published_quiz, quiz

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")
NOBODYS = "01hidden000000000000000000"


def make_of_every_kind():
    """A published course with a lesson of each kind but video, which wants a file."""
    course = make_draft(lesson_count=1)
    add_lesson(course.course_id, LessonType.LINK, "Elsewhere", {"url": "https://example.org/a", "note": "Look."})
    add_lesson(course.course_id, LessonType.QUIZ, "Check", quiz(*EVERY_TYPE).to_content())
    return publishing.publish(course_id=course.course_id, by=RITA)


def test_the_catalogue_is_filtered_as_on_its_page():
    begun = make_course(title="Renewals — “zu teuer” 价格")
    make_course(title="Pricing", difficulty_level="advanced")
    make_draft(title="Not yet")
    learning.visit(course_id=begun.course_id, lesson_id=lesson_ids(begun)[0], by=VERA)
    api = ApiClient(VERA)
    everything = api.get("courses").json()
    assert {one["title"] for one in everything["items"]} == {begun.title, "Pricing"}
    assert everything["total"] == 2
    levels = next(facet for facet in everything["facets"] if facet["name"] == "level")
    assert {(one["value"], one["count"]) for one in levels["choices"]} == {("beginner", 1), ("advanced", 1)}
    for query, found in (
        ({"q": "zu teuer"}, begun.title),
        ({"state": "in_progress"}, begun.title),
        ({"level": "advanced"}, "Pricing"),
        ({"suite": "advancement", "state": "not_started"}, "Pricing"),
    ):
        assert [one["title"] for one in api.get("courses", query).json()["items"]] == [found], query
    assert api.get("courses", {"sort": "sideways"}).status_code == 422


def test_pages_of_the_catalogue_join_and_their_cursors_belong_to_one_person_and_list():
    made = {make_course(lesson_count=1, title=f"Course {number}").course_id for number in range(26)}
    api = ApiClient(VERA)
    first = api.get("courses").json()
    second = api.get("courses", {"cursor": first["next_cursor"]}).json()
    assert {one["course_id"] for one in first["items"] + second["items"]} == made
    assert second["next_cursor"] is None
    for person, address in ((CORA, "courses"), (VERA, "content"), (VERA, "paths")):
        assert ApiClient(person).get(address, {"cursor": first["next_cursor"]}).status_code in (400, 404), address


def test_a_course_says_what_its_page_says():
    first = make_course(title="First")
    course = make_course(prerequisite_ids=(first.course_id,), outcomes=("Renew on time",))
    learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    read = ApiClient(VERA).get(f"courses/{course.course_id}").json()
    assert (read["title"], read["version"], read["outcomes"]) == (course.title, 1, ["Renew on time"])
    assert read["progress"]["percent"] == 50
    assert read["progress"]["next_lesson_id"] == lesson_ids(course)[1]
    assert [one["state"] for one in read["sections"][0]["lessons"]] == ["completed", "not_started"]
    assert read["prerequisites"] == [{"course_id": first.course_id, "title": "First", "state": "not_started"}]


@pytest.mark.parametrize("person", [VERA, CORA, CARL, RITA, ANA])
def test_what_is_not_published_is_nobodys_to_learn_from(person):
    """Not even its author's: she reads what she writes at another address."""
    draft = make_draft()
    lesson_id = draft.sections[0]["section_id"]
    api = ApiClient(person)
    missing = api.get(f"courses/{NOBODYS}").json()
    for below in ("", "/lessons", f"/lessons/{lesson_id}", "/related"):
        answer = api.get(f"courses/{draft.course_id}{below}")
        assert answer.status_code == 404
        assert answer.json() | {"request_id": ""} == missing | {"request_id": ""}


def test_a_withdrawn_course_stays_with_who_had_begun_it():
    course = make_course()
    learning.visit(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    publishing.unpublish(course_id=course.course_id, by=RITA)
    assert ApiClient(VERA).get(f"courses/{course.course_id}").json()["withdrawn"] is True
    assert ApiClient(CORA).get(f"courses/{course.course_id}").status_code == 404
    assert ApiClient(VERA).get("courses").json()["items"] == []


def test_each_kind_of_lesson_says_what_its_page_says():
    course = make_of_every_kind()
    api, base = ApiClient(VERA), f"courses/{course.course_id}/lessons"
    text, link, asked = (api.get(f"{base}/{one}").json() for one in lesson_ids(course))
    assert text["content"]["blocks"][0] | {"item": None} == {
        "text": "Begin 120 days before.",
        "is_item": False,
        "item": None,
    }
    assert (text["place"], text["count"], text["may_mark"]) == (1, 3, True)
    assert text["next_lesson_id"] == link["lesson_id"]
    assert link["content"] == {"kind": "link", "url": "https://example.org/a", "note": "Look."}
    assert asked["content"]["kind"] == "quiz"
    assert (asked["content"]["question_count"], asked["content"]["why_not"]) == (7, "")
    assert asked["content"]["open_attempt"] is None
    listed = api.get(base).json()["sections"][0]["lessons"]
    assert [one["kind"] for one in listed] == ["text", "link", "quiz"]
    assert api.get(f"{base}/{NOBODYS}").status_code == 404


def test_reading_notes_nothing_and_a_visit_does():
    course = make_course()
    api, lesson = ApiClient(VERA), f"courses/{course.course_id}/lessons/{lesson_ids(course)[0]}"
    assert api.get(lesson).json()["state"] == "not_started"
    assert api.get(f"courses/{course.course_id}").json()["progress"]["state"] == "not_started"
    assert api.post(f"{lesson}/visit").json()["state"] == "in_progress"
    assert api.get(f"courses/{course.course_id}").json()["progress"]["state"] == "in_progress"


def test_a_course_is_completed_by_saying_so_lesson_by_lesson_and_twice_changes_nothing():
    course = make_course()
    api = ApiClient(VERA)
    for number, lesson_id in enumerate(lesson_ids(course), start=1):
        address = f"courses/{course.course_id}/lessons/{lesson_id}/done"
        assert api.post(address).json()["course"]["percent"] == number * 50
    told = api.get(f"courses/{course.course_id}").json()["progress"]
    assert told["state"] == "completed"
    assert told["certificate_id"]
    assert told["next_lesson_id"] is None
    assert api.post(address).json()["course"] == told
    assert api.get(f"courses/{course.course_id}").json()["progress"] == told


def test_what_is_done_by_doing_is_not_done_by_saying_so():
    course = make_of_every_kind()
    api = ApiClient(VERA)
    _, link, asked = (f"courses/{course.course_id}/lessons/{one}" for one in lesson_ids(course))
    assert api.post(f"{asked}/done").status_code == 403
    assert api.post(f"{link}/done").status_code == 403
    assert api.post(f"{asked}/open").status_code == 403
    assert api.post(f"{link}/open").json() == {"url": "https://example.org/a"}
    assert api.get(link).json()["state"] == "completed"
    assert api.get(f"{link}/play-url").status_code == 404
    assert api.get(f"{link}/captions/en").status_code == 404


def test_what_a_player_reports_is_held_against_the_clock_and_the_person(monkeypatch):
    course = make_draft(lesson_count=1)
    film = {"duration_seconds": 100, "length_known": True, "mime": "video/mp4"}
    add_lesson(course.course_id, LessonType.VIDEO, "See it", film)
    monkeypatch.setattr(publishing, "problems_of", lambda *_: {})
    course = publishing.publish(course_id=course.course_id, by=RITA)
    api, lesson = ApiClient(VERA), f"courses/{course.course_id}/lessons/{lesson_ids(course)[1]}"
    token = api.get(lesson).json()["content"]["report_token"]
    report = {"token": token, "seq": 1, "position": 100, "ranges": [[0, 100]]}
    assert api.post(f"{lesson}/watched", report).status_code == 409  # not visited yet
    api.post(f"{lesson}/visit")
    assert api.post(f"{lesson}/watched", report).json() == {"percent": 20, "completed": False, "finished": False}
    assert cost_of(lambda: api.post(f"{lesson}/watched", report | {"seq": 2})) <= 2
    assert ApiClient(CORA).post(f"{lesson}/watched", report).status_code == 404
    assert api.post(f"{lesson}/watched", report | {"token": token[:-3]}).status_code == 400
    assert api.post(f"{lesson}/watched", report | {"ranges": [[9, 3]]}).status_code == 400
    for wrong in ({"user_id": CORA.user_id}, {"seq": -1}, {"ranges": [[1]]}, {"position": "x"}):
        assert api.post(f"{lesson}/watched", report | wrong).status_code == 422, wrong
    with clock.at(clock.now() + timedelta(seconds=60)):
        assert api.post(f"{lesson}/watched", report | {"seq": 3}).json()["completed"] is True


def test_reading_keeps_its_budget():
    course_id, lesson_id = published_quiz(quiz(*EVERY_TYPE))
    api = ApiClient(VERA)
    api.post(f"courses/{course_id}/lessons/{lesson_id}/visit")
    for address, most in (
        ("courses", 2),
        (f"courses/{course_id}", 4),
        (f"courses/{course_id}/lessons", 4),
        (f"courses/{course_id}/lessons/{lesson_id}", 4),
    ):
        assert requests_of(api, address) <= most, address
