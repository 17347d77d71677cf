"""Whatever became of a course since, no page says more than all of it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from core.testing import CARL, RITA, VERA, sign_in
from lms.models import Course
from lms.services import learning, lessons, publishing
from lms.tests.assignment_factories import assign
from lms.tests.factories import add_text, lesson_ids, make_course

pytestmark = pytest.mark.usefixtures("cloud")


def done(course: Course, *ids: str) -> None:
    for lesson_id in ids:
        learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_id, by=VERA)


def said_of(course: Course) -> list[str]:
    """Every page of hers that shows how far she is, and the one of those who assigned it."""
    client = Client()
    sign_in(client, VERA)
    at = f"/learn/courses/{course.course_id}/"
    pages = [client.get(address) for address in ("/", "/learn/", "/learn/mine/", at, "/learn/mine/progress.csv")]
    pages.append(client.get(client.get(f"{at}continue/")["Location"]))
    sign_in(client, RITA)
    pages.append(client.get(f"/learn/manage/assignments/?target={course.course_id}"))
    assert {page.status_code for page in pages} == {200}
    return [page.getvalue().decode() if page.streaming else page.text for page in pages]


def check(course: Course) -> None:
    for text in said_of(course):
        bars = re.findall(r"<progress[^>]* value=\"(\d+)\"", text) + re.findall(r"(\d+)\s*%", text)
        assert all(int(one) <= 100 for one in bars), bars
        for some, most in re.findall(r"(\d+) of (\d+) required", text):
            assert int(some) <= int(most)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_lessons_that_were_done_and_then_removed_count_for_nobody(count: int) -> None:
    course = make_course(lesson_count=4)
    assign(course)
    ids = lesson_ids(course)
    done(course, *ids[:count])
    for lesson_id in ids[:count]:
        lessons.remove(course_id=course.course_id, lesson_id=lesson_id, by=CARL)
    publishing.publish(course_id=course.course_id, by=RITA)
    check(course)
    done(course, *ids[count:])
    assert learning.load(VERA, course.course_id, fresh=True).percent == 100
    check(course)


def test_a_completed_course_that_grew_and_shrank_stays_at_all_of_it() -> None:
    course = make_course(lesson_count=2)
    assign(course)
    ids = lesson_ids(course)
    done(course, *ids)
    added = add_text(course.course_id, "Added later").lesson_id
    course = publishing.publish(course_id=course.course_id, by=RITA)
    done(course, added)
    lessons.remove(course_id=course.course_id, lesson_id=ids[0], by=CARL)
    lessons.require_it(course_id=course.course_id, lesson_id=ids[1], required=False, by=CARL)
    publishing.publish(course_id=course.course_id, by=RITA)
    check(course)
    assert learning.load(VERA, course.course_id, fresh=True).percent == 100
