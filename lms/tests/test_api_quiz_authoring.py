"""Quizzes and paths as programs of their authors write them."""

from __future__ import annotations

import pytest

from content.enums import Status
from content.tests.factories import make_item
from core.api.testing import ApiClient
from core.testing import ANA, CARL, CORA, RITA, VERA
from lms.enums import LessonType
from lms.services import publishing
from lms.tests.factories import add_lesson, make_course, make_draft
from lms.tests.path_factories import make_path, make_path_draft
from lms.tests.quiz_factories import MULTIPLE, SINGLE, draft_with_quiz, published_quiz, quiz, take

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")
NOBODYS = "01hidden000000000000000000"
ONE_OF_TWO = {
    "kind": "single",
    "text": "When does it begin?",
    "options": [{"text": "Late"}, {"text": "Early", "correct": True}],
}


def etag(answer):
    assert answer.status_code in (200, 201), answer.content
    return answer.headers["ETag"]


def empty_quiz():
    course_id = make_draft(lesson_count=0).course_id
    lesson = add_lesson(course_id, LessonType.QUIZ, "Check yourself", {})
    return course_id, f"courses/{course_id}/draft/lessons/{lesson.lesson_id}/quiz"


def test_a_quiz_is_written_and_taken_by_programs_alone():
    course_id, address = empty_quiz()
    api = ApiClient(CARL)
    assert api.get(address).json()["problems"] == ["It has no question yet."]
    made = api.post(f"{address}/questions", ONE_OF_TWO, idempotency_key="q")
    assert api.post(f"{address}/questions", ONE_OF_TWO, idempotency_key="q").json() == made.json()
    question_id = made.headers["Location"].rpartition("/")[2]
    for more in (
        {"kind": "true_false", "text": "A quote lasts.", "truth": False},
        {"kind": "short_text", "text": "Who signs?", "accepted": ["The buyer"]},
        {"kind": "numeric", "text": "10 % of 50?", "number": "5"},
        {"kind": "ordering", "text": "Order", "options": [{"text": "One"}, {"text": "Two"}]},
    ):
        assert api.post(f"{address}/questions", more).status_code == 201, more
    settings = api.patch(address, {"pass_mark": 100, "attempt_limit": 3}, if_match=etag(api.get(address)))
    assert (settings.json()["pass_mark"], len(settings.json()["questions"])) == (100, 5)
    moved = api.post(f"{address}/questions/{question_id}/move", {"to": 4}).json()["questions"]
    assert moved[4]["question_id"] == question_id
    change = ONE_OF_TWO | {"text": "When?", "points": 3, "options": moved[4]["options"]}
    replaced = api.put(f"{address}/questions/{question_id}", change, if_match=etag(api.get(address)))
    assert replaced.json()["questions"][4]["points"] == 3
    assert api.put(f"{address}/questions/{question_id}", change, if_match=etag(settings)).status_code == 412
    publishing.publish(course_id=course_id, by=RITA)
    assert ApiClient(VERA).post(address.replace("/draft", "").replace("/quiz", "/attempts")).status_code == 200


def test_questions_that_could_not_be_asked_are_refused():
    _, address = empty_quiz()
    api = ApiClient(CARL)
    for wrong, status in (
        ({"kind": "single", "text": "None is right", "options": [{"text": "a"}, {"text": "b"}]}, 400),
        ({"kind": "true_false", "text": "Which?"}, 400),
        ({"kind": "single", "text": "Odd", "truth": True}, 400),
        ({"kind": "numeric", "text": "How many?", "number": "many"}, 400),
        (ONE_OF_TWO | {"points": 0}, 422),
        (ONE_OF_TWO | {"question_id": "mine"}, 422),
        (ONE_OF_TWO | {"options": [{"text": "x", "right": True}]}, 422),
    ):
        assert api.post(f"{address}/questions", wrong).status_code == status, wrong
    assert api.get(address).json()["questions"] == []
    assert api.patch(address, {"pass_mark": 0}, if_match=etag(api.get(address))).status_code == 422
    assert api.put(f"{address}/questions/{NOBODYS}", ONE_OF_TWO, if_match=etag(api.get(address))).status_code == 404


def test_questions_written_elsewhere_are_taken_over():
    _, address = empty_quiz()
    body = {"text": "Who signs? {=The buyer ~The press}\n\nBroken? {"}
    told = ApiClient(CARL).post(f"{address}/import", body).json()
    assert (told["taken"], len(told["refused"]), len(told["quiz"]["questions"])) == (1, 1, 1)


def test_what_is_right_is_for_those_alone_who_may_edit_the_quiz():
    course_id, lesson_id = published_quiz()
    address = f"courses/{course_id}/draft/lessons/{lesson_id}/quiz"
    for person, status in ((VERA, 403), (CORA, 403), (CARL, 200), (RITA, 200), (ANA, 200)):
        api = ApiClient(person)
        assert api.get(address).status_code == status
        assert api.get(f"{address}/analysis").status_code == status
        assert api.get(f"{address}/attempts").status_code == (200 if person in (RITA, ANA) else 403)
        assert api.post(f"{address}/regrade", {"dry_run": True}).status_code == (200 if person in (RITA, ANA) else 403)


def test_managers_set_attempts_aside_and_grade_again():
    course_id, lesson_id = published_quiz(quiz(SINGLE, MULTIPLE))
    take(course_id, lesson_id, VERA, right=False)
    address, rita = f"courses/{course_id}/draft/lessons/{lesson_id}/quiz", ApiClient(RITA)
    (row,) = rita.get(f"{address}/attempts").json()["items"]
    assert (row["user_id"], row["attempt"]["percent"]) == (VERA.user_id, 0)
    told = ApiClient(CARL).get(f"{address}/analysis")
    assert (told.json()["attempts"], told.json()["passed"]) == (1, 0)
    assert VERA.user_id.encode() not in told.content
    void = f"{address}/attempts/{VERA.user_id}/1/void"
    assert rita.post(void, {"reason": " "}).status_code == 400
    assert ApiClient(CARL).post(void, {"reason": "x"}).status_code == 403
    assert rita.post(void, {"reason": "The network"}).json()["counts"] is False
    assert rita.post(void, {"reason": "Again"}).json()["counts"] is False
    assert rita.post(f"{address}/attempts/{VERA.user_id}/9/void", {"reason": "x"}).status_code == 404
    assert rita.post(f"{address}/regrade", {"lower": True}).status_code == 403
    assert rita.post(f"{address}/regrade", {}).json() == {"attempts": 0, "raised": 0, "lowered": 0}


def test_a_path_is_written_and_published_by_programs_alone():
    course, other, item = make_course(title="First"), make_course(title="Second"), make_item()
    api, rita = ApiClient(CARL), ApiClient(RITA)
    made = api.post("paths", {"title": "Your first month"}, idempotency_key="p")
    assert api.post("paths", {"title": "Your first month"}, idempotency_key="p").json() == made.json()
    draft = made.headers["Location"].removeprefix("/v1/")
    path = draft.removesuffix("/draft")
    target = {"kind": "course", "target_id": course.course_id}
    api.post(f"{draft}/steps", {"targets": [target]})
    choice = [{"kind": "course", "target_id": other.course_id}, {"kind": "item", "target_id": item.content_id}]
    assert api.post(f"{draft}/steps", {"targets": choice}).status_code == 400  # it needs a title
    steps = api.post(f"{draft}/steps", {"targets": choice, "title": "Pick one", "required": False}).json()["steps"]
    assert [(one["kind"], one["required"]) for one in steps] == [("course", True), ("choice", False)]
    assert api.post(f"{draft}/steps", {"targets": [target]}).status_code == 400  # twice the same course
    assert api.get(f"{path}/validate").json()["problems"][0]["about"] == "description"
    edited = api.patch(draft, {"description": "All you need."}, if_match=etag(api.get(draft)))
    assert api.patch(draft, {"title": "Late"}, if_match=etag(made)).status_code == 412
    assert edited.json()["title"] == "Your first month"
    second = steps[1]["step_id"]
    assert (
        api.post(f"{draft}/steps/{second}/move", {"before": steps[0]["step_id"]}).json()["steps"][0]["kind"] == "choice"
    )
    assert api.patch(f"{draft}/steps/{second}", {"required": True}).json()["steps"][0]["required"] is True
    assert api.post(f"{path}/publish").status_code == 403
    assert rita.post(f"{path}/publish").json()["status"] == "Published"
    assert rita.patch(f"{draft}/steps/{second}", {"waived": True}).json()["steps"][0]["waived"] is True
    assert len(ApiClient(VERA).get(path).json()["steps"]) == 2
    for _twice in range(2):
        assert len(api.delete(f"{draft}/steps/{second}").json()["steps"]) == 1
    assert [one["path_id"] for one in api.get("paths/authored").json()["items"]] == [path.removeprefix("paths/")]


@pytest.mark.parametrize("state", ["draft", "published"])
def test_who_may_write_a_path_in_which_state(state):
    path = (make_path if state == "published" else make_path_draft)(make_course())
    address, seen_by = f"paths/{path.path_id}", {VERA, CORA} if state == "published" else set()
    for person in (VERA, CORA, CARL, RITA, ANA):
        api = ApiClient(person)
        if person in (VERA, CORA):
            refused = 403 if person in seen_by else 404
            assert api.get(f"{address}/draft").status_code == refused
            assert (
                api.patch(
                    f"{address}/draft", {"title": "x"}, if_match=f'"{path.text_rev}-0123456789abcdef"'
                ).status_code
                == refused
            )
            assert (
                api.post(f"{address}/draft/steps", {"targets": [{"kind": "course", "target_id": NOBODYS}]}).status_code
                == refused
            )
            assert api.post(f"{address}/archive").status_code == refused
        else:
            assert api.get(f"{address}/draft").status_code == 200
            assert api.get(f"{address}/validate").status_code == 200
    assert ApiClient(CARL).post(f"{address}/archive").status_code == 403
    assert ApiClient(VERA).post("paths", {"title": "Mine"}).status_code == 403
    assert ApiClient(VERA).get("paths/authored").status_code == 403


def test_a_path_names_nothing_that_its_author_may_not_see():
    draft, hidden = make_path_draft(), make_item(Status.DRAFT, owner=CORA)
    api = ApiClient(CARL)
    for target_id, kind in (
        (hidden.content_id, "item"),
        (NOBODYS, "course"),
        (make_draft(owner=CORA).course_id, "course"),
    ):
        body = {"targets": [{"kind": kind, "target_id": target_id}]}
        assert api.post(f"paths/{draft.path_id}/draft/steps", body).status_code == 400
    for wrong in ({"targets": []}, {"targets": [{"kind": "song", "target_id": "x"}]}, {}):
        assert api.post(f"paths/{draft.path_id}/draft/steps", wrong).status_code == 422


def test_a_question_is_copied_once_and_removed_as_it_was_seen():
    course_id, lesson_id = draft_with_quiz()
    api, address = ApiClient(CARL), f"courses/{course_id}/draft/lessons/{lesson_id}/quiz"
    copy = api.post(f"{address}/questions/q-single/duplicate", idempotency_key="c")
    assert len(copy.json()["questions"]) == 2
    assert api.post(f"{address}/questions/q-single/duplicate", idempotency_key="c").json() == copy.json()
    assert api.delete(f"{address}/questions/q-single", if_match='"1-0123456789abcdef"').status_code == 412
    assert len(api.delete(f"{address}/questions/q-single", if_match=etag(api.get(address))).json()["questions"]) == 1
