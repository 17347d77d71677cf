"""A learner's journey over the plain pages: catalogue, course, lessons, done, complete."""

from __future__ import annotations

import pytest
from django.test import Client

from content.enums import Status
from content.services import lifecycle
from content.tests.factories import make_item
from core.testing import CARL, CORA, RITA, VERA, as_htmx, sign_in
from lms import store
from lms.enums import LessonType
from lms.models import Course
from lms.services import lessons, publishing
from lms.store import learning as rows
from lms.tests.factories import add_lesson, add_text, lesson_ids, make_course, make_draft

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def vera() -> Client:
    return sign_in(Client(), VERA)


def url(course: Course, lesson_id: str = "", then: str = "") -> str:
    lesson = f"lessons/{lesson_id}/" if lesson_id else ""
    return f"/learn/courses/{course.course_id}/{lesson}{then}"


def course_of(lesson_type: LessonType, content: dict, **changes: object) -> tuple[Course, str]:
    draft = make_draft(lesson_count=0, **changes)
    add_lesson(draft.course_id, lesson_type, "The lesson", content)
    course = publishing.publish(course_id=draft.course_id, by=RITA)
    return course, lesson_ids(course)[0]


def test_from_the_catalogue_to_a_completed_course_without_a_script(vera: Client) -> None:
    course = make_course(lesson_count=2)
    first, second = lesson_ids(course)
    (card,) = vera.get("/learn/").context["listing"].rows
    begin = vera.get(card.url)
    assert begin.context["page"].primary.label == "Start"
    assert vera.get(begin.context["page"].primary.url).context["entry"].lesson_id == first
    answer = vera.post(url(course, first, "done/"))
    assert (answer.status_code, answer["Location"]) == (303, url(course, first))
    on = vera.get(url(course)).context["page"]
    assert (on.percent, on.primary.label, on.primary.url) == (50, "Continue", url(course, second))
    assert vera.post(url(course, second, "done/"))["Location"] == url(course, then="finish/")
    assert "Course completed" in vera.get(url(course, then="finish/")).content.decode()
    over = vera.get(url(course)).context["page"]
    assert (over.state, over.primary.label) == ("completed", "Review")


def test_a_script_that_marks_a_text_gets_the_foot_and_the_outline_back(vera: Client) -> None:
    course = make_course()
    first, _ = lesson_ids(course)
    body = vera.post(url(course, first, "done/"), headers=as_htmx()).content.decode()
    assert 'id="lesson-foot"' in body
    assert 'hx-swap-oob="true"' in body
    assert "<html" not in body


def test_every_lesson_prints_what_it_asks_for(vera: Client) -> None:
    course = make_course()
    assert "mark it as done" in vera.get(url(course, lesson_ids(course)[0])).content.decode()


def test_the_head_of_a_lesson_begins_nothing(vera: Client) -> None:
    course = make_course()
    assert vera.head(url(course, lesson_ids(course)[0])).status_code == 200
    assert rows.course_progress(VERA.user_id, course.course_id) is None


def test_a_link_is_done_when_it_is_followed(vera: Client) -> None:
    course, lesson_id = course_of(LessonType.LINK, {"url": "https://example.com/a", "note": "Read the **first** part."})
    assert "example.com" in vera.get(url(course, lesson_id)).content.decode()
    answer = vera.get(url(course, lesson_id, "open/"))
    assert (answer.status_code, answer["Location"]) == (302, "https://example.com/a")
    assert vera.get(url(course)).context["page"].state == "completed"


def test_a_document_is_done_when_it_is_opened(vera: Client) -> None:
    item = make_item(title="Price list")
    course, lesson_id = course_of(LessonType.DOCUMENT, {"content_id": item.content_id})
    assert "Price list" in vera.get(url(course, lesson_id)).content.decode()
    assert vera.post(url(course, lesson_id, "done/")).status_code == 403
    assert vera.get(url(course, lesson_id, "open/"))["Location"] == f"/content/{item.content_id}/open/"
    assert vera.get(url(course)).context["page"].state == "completed"


def test_a_document_that_was_retired_is_not_named_and_keeps_nobody_from_going_on(vera: Client) -> None:
    item = make_item(title="Secret price list")
    course, lesson_id = course_of(LessonType.DOCUMENT, {"content_id": item.content_id})
    lifecycle.expire(content_id=item.content_id, reason="Over.", by=RITA)
    body = vera.get(url(course, lesson_id)).content.decode()
    assert "no longer available" in body
    assert "Secret" not in body
    assert vera.post(url(course, lesson_id, "done/")).status_code == 303


def test_an_item_inside_a_text_is_a_card_until_it_is_retired(vera: Client) -> None:
    item = make_item(Status.APPROVED, title="Secret price list")
    body = (
        f"Look at [Secret price list](/content/{item.content_id}/):\n\n[Secret](/content/{item.content_id}/)\n\nDone."
    )
    course, lesson_id = course_of(LessonType.TEXT, {"body": body})
    assert 'class="embedded"' in vera.get(url(course, lesson_id)).content.decode()
    lifecycle.expire(content_id=item.content_id, reason="Over.", by=RITA)
    gone = vera.get(url(course, lesson_id)).content.decode()
    assert "Secret" not in gone
    assert gone.count("no longer available") == 2


def test_what_is_not_open_to_her_is_not_there(vera: Client) -> None:
    draft, course = make_draft(), make_course()
    for address in (
        url(draft),
        url(course, "made-up"),
        url(course, lesson_ids(course)[0], "open/"),
        "/learn/courses/x/",
    ):
        assert vera.get(address).status_code == 404
    assert vera.post(url(course, "made-up", "done/")).status_code == 404


def test_a_withdrawn_course_stays_open_to_those_who_had_begun(vera: Client) -> None:
    course = make_course()
    first, _ = lesson_ids(course)
    vera.get(url(course, first))
    publishing.unpublish(course_id=course.course_id, by=RITA)
    assert "no longer offered" in vera.get(url(course)).content.decode()
    assert vera.post(url(course, first, "done/")).status_code == 303
    assert sign_in(Client(), CORA).get(url(course, first)).status_code == 404


def test_lessons_that_came_later_are_told_as_new_and_undo_nothing(vera: Client) -> None:
    course = make_course(lesson_count=1)
    vera.post(url(course, lesson_ids(course)[0], "done/"))
    add_text(course.course_id, "Brand new")
    publishing.publish(course_id=course.course_id, by=RITA)
    shown = vera.get(url(course)).context["page"]
    assert (shown.percent, shown.new) == (100, 1)


def test_a_course_that_became_shorter_completes_when_she_next_looks(vera: Client) -> None:
    course = make_course(lesson_count=2)
    first, second = lesson_ids(course)
    vera.post(url(course, first, "done/"))
    lessons.remove(course_id=course.course_id, lesson_id=second, by=CARL)
    publishing.publish(course_id=course.course_id, by=RITA)
    assert vera.get(url(course)).context["page"].state == "completed"
    row = rows.course_progress(VERA.user_id, course.course_id)
    assert row.completion_reason == "content_change"


def test_a_course_that_became_longer_says_the_same_in_lists_and_on_its_page(vera: Client) -> None:
    course = make_course(lesson_count=2)
    first, _ = lesson_ids(course)
    vera.post(url(course, first, "done/"))
    for number in range(8):
        add_text(course.course_id, f"More {number}")
    publishing.publish(course_id=course.course_id, by=RITA)
    vera.get(url(course, lesson_ids(store.course_by_id(course.course_id))[-1]))
    (card,) = vera.get("/learn/").context["listing"].rows
    assert (card.percent, vera.get(url(course)).context["page"].percent) == (10, 10)


def test_looking_at_a_lesson_of_a_course_that_became_shorter_completes_it_for_the_same_reason(vera: Client) -> None:
    course = make_course(lesson_count=2)
    first, second = lesson_ids(course)
    vera.post(url(course, first, "done/"))
    lessons.remove(course_id=course.course_id, lesson_id=second, by=CARL)
    publishing.publish(course_id=course.course_id, by=RITA)
    vera.get(url(course, first))
    row = rows.course_progress(VERA.user_id, course.course_id)
    assert (row.status, row.completion_reason) == ("completed", "content_change")
    assert store.course_by_id(course.course_id).version == 2
