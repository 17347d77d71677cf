"""Where a course has no page for learners, its authors are led to what they write; nobody else hears of it."""

from __future__ import annotations

import pytest
from django.test import Client

from core.testing import ANA, CARL, CORA, RITA, VERA, as_htmx, sign_in
from lms.models import Course
from lms.services import learning, publishing
from lms.tests.factories import lesson_ids, make_course, make_draft

pytestmark = pytest.mark.usefixtures("cloud")


def pages_of(course: Course) -> list[str]:
    here = f"/learn/courses/{course.course_id}/"
    return [here, f"{here}continue/", f"{here}lessons/whatever/"]


def withdrawn() -> Course:
    return publishing.unpublish(course_id=make_course().course_id, by=RITA)


def archived() -> Course:
    return publishing.archive(course_id=make_course().course_id, by=RITA)


@pytest.mark.parametrize("make", [make_draft, withdrawn, archived])
def test_authors_are_led_to_the_builder(make: object) -> None:
    course = make()  # type: ignore[operator]
    for person in (CARL, RITA, ANA):
        client = sign_in(Client(), person)
        for page in pages_of(course):
            answer = client.get(page)
            assert (answer.status_code, answer["Location"]) == (303, f"/learn/manage/{course.course_id}/")


@pytest.mark.parametrize("make", [make_draft, withdrawn, archived])
def test_others_find_nothing(make: object) -> None:
    course = make()  # type: ignore[operator]
    for person in (VERA, CORA):
        client = sign_in(Client(), person)
        assert [client.get(page).status_code for page in pages_of(course)] == [404, 404, 404]


def test_over_htmx_the_whole_browser_goes_there() -> None:
    course = make_draft()
    answer = sign_in(Client(), CARL).get(pages_of(course)[0], headers=as_htmx())
    assert answer["HX-Redirect"] == f"/learn/manage/{course.course_id}/"


def test_a_lesson_that_a_published_course_does_not_have_is_missing_for_its_author_too() -> None:
    course = make_course()
    assert sign_in(Client(), CARL).get(f"/learn/courses/{course.course_id}/lessons/whatever/").status_code == 404


def test_an_author_who_has_begun_it_herself_goes_on_reading() -> None:
    course = make_course()
    learning.open_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=RITA)
    publishing.unpublish(course_id=course.course_id, by=RITA)
    assert sign_in(Client(), RITA).get(f"/learn/courses/{course.course_id}/").status_code == 200
