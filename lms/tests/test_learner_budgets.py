"""How many requests a learner's pages make to DynamoDB, whatever there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from accounts.person import Person
from accounts.services import ensure_profile
from bench.recording import recorded
from content.tests.factories import make_item
from core.testing import ANA, CARL, RITA, VERA, sign_in
from lms import store
from lms.enums import LessonType
from lms.services import learning, publishing
from lms.store import courses as course_store
from lms.tests.assignment_factories import assign
from lms.tests.factories import add_lesson, lesson_ids, make_course, make_draft
from lms.tests.quiz_factories import quiz

pytestmark = pytest.mark.usefixtures("cloud")
Requests = Callable[..., list[str]]
LISTS, PAGE, HOME = 2, 4, 6


@pytest.fixture
def requests(client: Client) -> Iterator[Requests]:
    def made_for(person: Person, address: str, *, cold: bool = True) -> list[str]:
        """`cold`: this process has read no outline and no lesson yet."""
        sign_in(client, person).get("/content/")
        if cold:
            course_store._outline.cache_clear()
            course_store._published_lesson.cache_clear()
        with recorded() as calls:
            assert client.get(address).status_code == 200
        return [call.operation for call in calls]

    return made_for


@pytest.mark.parametrize("query", ["", "?state=in_progress", "?state=not_started&q=renewals", "?level=beginner"])
def test_the_catalogue_makes_two_requests(requests: Requests, query: str) -> None:
    courses = [make_course() for _ in range(3)]
    learning.open_lesson(course_id=courses[0].course_id, lesson_id=lesson_ids(courses[0])[0], by=VERA)
    assert len(requests(VERA, f"/learn/{query}")) <= LISTS


def test_a_course_makes_three_requests_with_its_prerequisites_and_its_owners_name(requests: Requests) -> None:
    ensure_profile(by=CARL)
    before = make_course()
    course = make_course(prerequisite_ids=(before.course_id,))
    learning.open_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    address = f"/learn/courses/{course.course_id}/"
    assert requests(VERA, address) == ["GetItem", "GetItem", "BatchGetItem"]
    assert requests(VERA, address, cold=False) == ["GetItem", "BatchGetItem"]


def test_a_course_that_she_finished_in_an_earlier_version_makes_four(requests: Requests) -> None:
    course = make_course(lesson_count=1)
    learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    publishing.publish(course_id=course.course_id, by=RITA)
    assert len(requests(VERA, f"/learn/courses/{course.course_id}/")) <= PAGE


def test_the_very_first_lesson_of_a_course_asks_as_well_whether_it_was_assigned(requests: Requests) -> None:
    course = make_course()
    address = f"/learn/courses/{course.course_id}/lessons/{lesson_ids(course)[0]}/"
    sign_in(Client(), CARL).get(address)
    assert requests(VERA, address, cold=False) == ["GetItem", "BatchGetItem", "TransactWriteItems", "Query"]


@pytest.mark.parametrize("kind", list(LessonType))
def test_a_lesson_makes_four_requests_and_noting_it_is_one_of_them(requests: Requests, kind: LessonType) -> None:
    item = make_item()
    contents = {
        LessonType.TEXT: {"body": f"Read.\n\n[It](/content/{item.content_id}/)"},
        LessonType.DOCUMENT: {"content_id": item.content_id},
        LessonType.LINK: {"url": "https://example.com/"},
        LessonType.QUIZ: quiz().to_content(),
        LessonType.VIDEO: {"duration_seconds": 60, "length_known": True},
    }
    draft = make_draft(lesson_count=1)
    lesson = add_lesson(draft.course_id, kind, "The lesson", contents[kind])
    if kind is LessonType.VIDEO:
        lesson = store.lesson_by_id(draft.course_id, lesson.lesson_id, fresh=True)
        lesson.video_s3_key = "media/one/source/talk.mp4"
        store.save_lesson(lesson, audit=())
    course = publishing.publish(course_id=draft.course_id, by=RITA)
    address = f"/learn/courses/{course.course_id}/lessons/{lesson.lesson_id}/"
    sign_in(Client(), CARL).get(address)  # so that this process has read the lesson
    learning.open_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    assert len(requests(VERA, address, cold=False)) <= PAGE
    assert len(requests(VERA, address, cold=False)) <= PAGE - 1


@pytest.mark.parametrize("person", [VERA, CARL, RITA, ANA], ids=lambda person: person.role)
def test_home_makes_six_requests(requests: Requests, person: Person) -> None:
    ensure_profile(by=person)
    make_item()
    begun, due = make_course(), make_course()
    learning.open_lesson(course_id=begun.course_id, lesson_id=lesson_ids(begun)[0], by=person)
    assign(due, person)
    assert len(requests(person, "/")) <= HOME


def test_her_own_page_makes_five_requests(requests: Requests) -> None:
    courses = [make_course(lesson_count=1) for _ in range(3)]
    for course in courses:
        learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    assert len(requests(VERA, "/learn/mine/")) <= 5
