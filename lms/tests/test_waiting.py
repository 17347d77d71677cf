"""Who waited for a lesson that was removed is completed without looking."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from core.testing import CARL, RITA, VERA
from lms.models import Course
from lms.services import learning, lessons, publishing
from lms.services.waiting import settle_assigned
from lms.store import learning as rows
from lms.tests.assignment_factories import again, assign
from lms.tests.factories import lesson_ids, make_course

pytestmark = pytest.mark.usefixtures("cloud")


def shortened() -> Course:
    """She has done the first of two lessons; the second was taken out of it since."""
    course = make_course(lesson_count=2)
    first, second = lesson_ids(course)
    learning.complete_lesson(course_id=course.course_id, lesson_id=first, by=VERA)
    lessons.remove(course_id=course.course_id, lesson_id=second, by=CARL)
    return course


def test_who_is_assigned_is_completed_with_the_reason_and_once() -> None:
    course = shortened()
    assigned = assign(course)
    publishing.publish(course_id=course.course_id, by=RITA)
    assert settle_assigned(clock.now()) == 1
    summary = rows.course_progress(VERA.user_id, course.course_id, fresh=True)
    assert (summary.status, summary.completion_reason) == ("completed", "content_change")
    assert again(assigned).status == "completed"
    assert settle_assigned(clock.now()) == 0


def test_who_has_something_left_or_has_not_begun_is_left_alone() -> None:
    course = make_course(lesson_count=2)
    assign(course)
    assign(course, CARL)
    learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    publishing.publish(course_id=course.course_id, by=RITA)
    assert settle_assigned(clock.now()) == 0


def test_what_was_published_long_ago_is_not_looked_at_again() -> None:
    course = shortened()
    assign(course)
    publishing.publish(course_id=course.course_id, by=RITA)
    assert settle_assigned(clock.now() + timedelta(hours=2)) == 0
