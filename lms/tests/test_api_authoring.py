"""Courses and lessons as programs of their authors write them, under the rights and rules of the pages."""

from __future__ import annotations

import pytest

from content.enums import Status
from content.tests.factories import make_item, suite
from core.api.testing import ApiClient, requests_of
from core.testing import ANA, CARL, CORA, RITA, VERA
from lms import store
from lms.services import publishing
from lms.tests.assignment_factories import assign
from lms.tests.factories import add_text, make_course, make_draft

pytestmark = pytest.mark.usefixtures("cloud", "api_keys")
NOBODYS = "01hidden000000000000000000"


def etag(answer):
    assert answer.status_code in (200, 201), answer.content
    return answer.headers["ETag"]


def test_a_course_is_written_published_and_taken_by_programs_alone():
    carl, rita, vera = ApiClient(CARL), ApiClient(RITA), ApiClient(VERA)
    made = carl.post("courses", {"title": "Renewals — “zu teuer” 价格"})
    draft = made.headers["Location"].removeprefix("/v1/")
    course = draft.removesuffix("/draft")
    section = made.json()["sections"][0]["section_id"]
    told = carl.get(f"{course}/validate").json()
    assert told["ready"] is False
    assert {one["about"] for one in told["problems"]} == {"description", "lessons"}
    change = {"description": "How to renew.", "outcomes": ["Renew"], "product_suite": suite(), "validity_months": 12}
    edited = carl.patch(draft, change, if_match=etag(made))
    assert (edited.json()["title"], edited.json()["outcomes"]) == (made.json()["title"], ["Renew"])
    text = carl.post(f"{draft}/lessons", {"kind": "text", "title": "Why", "body": "# Early\n\nBegin early."})
    assert (text.status_code, text.json()["section_id"]) == (201, section)
    link = carl.post(
        f"{draft}/lessons", {"kind": "link", "title": "More", "url": "https://example.org", "required": False}
    )
    assert link.json()["duration_seconds"] > 0
    assert carl.get(f"{course}/validate").json() | {"refused": ""} == {
        "ready": True, "refused": "", "problems": [], "changed_fields": [], "added": [], "changed": [], "removed": [],
        "reordered": False,
    }  # fmt: skip
    assert carl.post(f"{course}/ready", {"ready": True}).json()["ready_at"]
    assert [one["course_id"] for one in rita.get("courses/authored", {"state": "ready"}).json()["items"]]
    published = rita.post(f"{course}/publish", {}, if_match=etag(rita.get(draft)))
    assert (published.json()["status"], published.json()["version"]) == ("Published", 1)
    read = vera.get(course).json()
    assert [one["title"] for one in read["sections"][0]["lessons"]] == ["Why", "More"]
    lesson = f"{course}/lessons/{text.json()['lesson_id']}"
    assert vera.get(lesson).json()["content"]["blocks"][0]["text"].startswith("# Early")
    assert vera.post(f"{lesson}/done").json()["course"]["state"] == "completed"
    assert carl.get(f"{course}/versions").json()["items"][0]["lessons"] == 2


STATES = ("draft", "published", "withdrawn", "archived")


def make_in(state):
    course = make_draft() if state == "draft" else make_course()
    if state == "withdrawn":
        publishing.unpublish(course_id=course.course_id, by=RITA)
    if state == "archived":
        publishing.archive(course_id=course.course_id, by=RITA)
    return course


# Per state (draft, published, withdrawn, archived) a status for Vera, Cora, Carl (its author), Rita, Ana.
NOT_HERS = ("404 404 200 200 200", "403 403 200 200 200", "404 404 200 200 200", "404 404 200 200 200")
NOT_WHEN_ARCHIVED = (*NOT_HERS[:3], "404 404 403 403 403")
TABLE = {
    ("GET", "draft"): NOT_HERS,
    ("GET", "validate"): NOT_WHEN_ARCHIVED,
    ("GET", "versions"): NOT_HERS,
    ("PATCH", "draft"): NOT_WHEN_ARCHIVED,
    ("POST", "draft/sections"): NOT_WHEN_ARCHIVED,
    ("POST", "draft/lessons"): NOT_WHEN_ARCHIVED,
    ("POST", "ready"): NOT_WHEN_ARCHIVED,
    ("POST", "duplicate"): tuple(one.replace("404", "403", 1) for one in NOT_HERS),
    ("POST", "unpublish"): ("404 404 403 403 403", "403 403 403 200 200", "404 404 403 403 403", "404 404 403 403 403"),
    ("POST", "archive"): ("404 404 403 200 200", "403 403 403 200 200", "404 404 403 200 200", "404 404 403 403 403"),
    ("POST", "bring-back"): (
        "404 404 403 403 403", "403 403 403 403 403", "404 404 403 403 403", "404 404 403 200 200",
    ),
    ("POST", "publish"): ("404 404 403 200 200", "403 403 403 200 200", "404 404 403 200 200", "404 404 403 403 403"),
    ("DELETE", "draft"): ("404 404 200 200 200", "403 403 403 403 403", "404 404 403 403 403", "404 404 403 403 403"),
}  # fmt: skip
MOVES = {"publish", "unpublish", "archive", "bring-back"}
BODIES = {
    "draft": {"title": "Another"},
    "draft/sections": {"title": "More"},
    "draft/lessons": {"kind": "text", "title": "More"},
    "ready": {"ready": True},
    "publish": {},
}


@pytest.mark.parametrize(("method", "what"), TABLE, ids=[f"{method} {what}" for method, what in TABLE])
def test_who_may_do_what_with_a_course_in_which_state(method, what):
    for state, expected in zip(STATES, TABLE[method, what], strict=True):
        course = make_in(state)
        found = []
        for person in (VERA, CORA, CARL, RITA, ANA):
            if found and found[-1] == 200 and (what in MOVES or method == "DELETE"):
                course = make_in(state)
            rev = store.course_by_id(course.course_id, fresh=True).rev
            headers = {"if_match": f'"{rev}-0123456789abcdef"'} if method == "PATCH" or what == "publish" else {}
            body = BODIES.get(what) if method != "GET" and method != "DELETE" else None
            answer = ApiClient(person).ask(method, f"courses/{course.course_id}/{what}", body, **headers)
            found.append(200 if answer.status_code in (201, 204) else answer.status_code)
        assert found == [int(one) for one in expected.split()], state


def test_only_authors_begin_courses_and_one_key_makes_one():
    assert ApiClient(VERA).post("courses", {"title": "Mine"}).status_code == 403
    assert ApiClient(VERA).get("courses/authored").status_code == 403
    api = ApiClient(CARL)
    first = api.post("courses", {"title": "Mine"}, idempotency_key="one")
    again = api.post("courses", {"title": "Mine"}, idempotency_key="one")
    assert again.json() == first.json()
    assert api.get("courses/authored").json()["total"] == 1
    assert ApiClient(CORA).get("courses/authored").json()["total"] == 0
    assert api.post("courses", {"title": "Other"}, idempotency_key="one").status_code == 422


def test_what_cannot_be_said_of_a_course_is_refused_and_nothing_written():
    hidden, draft = make_item(Status.DRAFT, owner=CORA), make_draft(owner=CARL)
    foreign = make_draft(owner=CORA)
    api, address = ApiClient(CARL), f"courses/{draft.course_id}/draft"
    seen = etag(api.get(address))
    for wrong, status in (
        ({"title": " "}, 400),
        ({"product_suite": NOBODYS}, 400),
        ({"badge": suite()}, 400),
        ({"tags": [suite()]}, 400),
        ({"prerequisite_ids": [draft.course_id]}, 400),
        ({"prerequisite_ids": [foreign.course_id]}, 400),
        ({"related_item_ids": [hidden.content_id]}, 400),
        ({"title": "x" * 500}, 422),
        ({"validity_months": 0}, 422),
        ({"validity_months": "12"}, 422),
        ({"status": "Published"}, 422),
        ({"owner_user_id": CORA.user_id}, 422),
        ({"certificate": 1}, 422),
    ):
        assert api.patch(address, {"description": "New"} | wrong, if_match=seen).status_code == status, wrong
    assert etag(api.get(address)) == seen


def test_of_two_who_write_at_once_the_second_hears_of_it():
    draft = make_draft()
    carl, rita, address = ApiClient(CARL), ApiClient(RITA), f"courses/{draft.course_id}/draft"
    seen = etag(carl.get(address))
    assert rita.patch(address, {"title": "Rita's"}, if_match=seen).status_code == 200
    assert carl.patch(address, {"title": "Carl's"}, if_match=seen).status_code == 412
    assert carl.patch(address, {"title": "Carl's"}).status_code == 428
    assert rita.post(f"courses/{draft.course_id}/publish", {}, if_match=seen).status_code == 412
    assert carl.get(address).json()["title"] == "Rita's"


def test_lessons_are_written_moved_copied_and_removed():
    draft = make_draft(lesson_count=2)
    api, base = ApiClient(CARL), f"courses/{draft.course_id}/draft"
    first = api.get(base).json()["sections"][0]["lessons"][0]["lesson_id"]
    lesson = f"{base}/lessons/{first}"
    seen = etag(api.get(lesson))
    section = api.post(f"{base}/sections", {"title": "Later"}).json()["sections"][1]["section_id"]
    moved = api.post(f"{lesson}/move", {"section_id": section}).json()
    assert [one["lesson_id"] for one in moved["sections"][1]["lessons"]] == [first]
    edited = api.patch(lesson, {"title": "First", "body": "New", "duration_seconds": 90}, if_match=seen)
    assert (edited.json()["body"], edited.json()["duration_seconds"]) == ("New", 90)
    assert api.patch(lesson, {"title": "Late"}, if_match=seen).status_code == 412
    assert api.patch(lesson, {"duration_seconds": None}, if_match=etag(edited)).json()["duration_seconds"] != 90
    copy = api.post(f"{lesson}/duplicate", idempotency_key="copy")
    assert copy.json()["title"] == "First (copy)"
    assert api.post(f"{lesson}/duplicate", idempotency_key="copy").json() == copy.json()
    assert api.delete(f"{base}/sections/{section}").status_code == 403
    for _twice in range(2):
        assert len(api.delete(lesson).json()["sections"][1]["lessons"]) == 1
    assert api.post(f"{base}/sections/{section}/move", {"step": -1}).json()["sections"][0]["section_id"] == section
    assert api.patch(f"{base}/sections/{section}", {"title": "Now"}).json()["sections"][0]["title"] == "Now"
    assert api.get(f"{base}/lessons/{NOBODYS}").status_code == 404
    assert api.patch(f"{base}/sections/{NOBODYS}", {"title": "x"}).status_code == 404


def test_a_lesson_takes_what_its_kind_has():
    draft, item, hidden = make_draft(lesson_count=0), make_item(), make_item(Status.DRAFT, owner=CORA)
    api, address = ApiClient(CARL), f"courses/{draft.course_id}/draft/lessons"
    document = {"kind": "document", "title": "Read it", "content_id": item.content_id, "note": "Page 2"}
    made = api.post(address, document)
    assert (made.json()["content_id"], made.json()["note"]) == (item.content_id, "Page 2")
    for wrong, status in (
        (document | {"content_id": hidden.content_id}, 400),
        (document | {"url": "https://example.org"}, 400),
        ({"kind": "link", "title": "Go", "url": "javascript:alert(1)"}, 400),
        ({"kind": "video", "title": "See", "body": "x"}, 400),
        ({"kind": "song", "title": "Hear"}, 422),
        ({"kind": "text"}, 422),
        ({"kind": "text", "title": "x", "order_index": 1}, 422),
    ):
        assert api.post(address, wrong).status_code == status, wrong
    assert len(store.lessons_of(draft.course_id)) == 1


def test_what_people_are_still_to_take_is_not_archived():
    course = make_course()
    assign(course)
    answer = ApiClient(RITA).post(f"courses/{course.course_id}/archive")
    assert answer.status_code == 403
    assert "open assignments" in answer.json()["detail"]


def test_what_changed_since_it_was_published_is_told():
    course = make_course()
    add_text(course.course_id, "A third")
    told = ApiClient(CARL).get(f"courses/{course.course_id}/validate").json()
    assert (len(told["added"]), told["changed"], told["removed"]) == (1, [], [])
    assert told["refused"]
    assert ApiClient(RITA).get(f"courses/{course.course_id}/validate").json()["refused"] == ""


def test_authors_routes_keep_their_budget():
    course = make_course(lesson_count=5)
    api = ApiClient(CARL)
    for address, most in (
        ("courses/authored", 2),
        (f"courses/{course.course_id}/draft", 4),
        (f"courses/{course.course_id}/versions", 4),
    ):
        assert requests_of(api, address) <= most, address
