from __future__ import annotations

import pytest

from core.errors import Invalid, Refused
from core.testing import CARL, RITA
from lms import store
from lms.enums import CourseStatus
from lms.services import courses, publishing
from lms.tests.factories import add_text, lesson_ids, make_course, make_draft

pytestmark = pytest.mark.usefixtures("cloud")


def test_publishing_takes_a_snapshot_that_later_edits_leave_alone() -> None:
    course = make_course(lesson_count=2)
    add_text(course.course_id, "Lesson 3")
    outline = store.outline_of(course.course_id, 1)
    assert [entry.title for entry in outline.lessons] == ["Lesson 1", "Lesson 2"]
    assert store.published_lesson(course.course_id, 1, lesson_ids(course)[0])["content"] == {
        "body": "Begin 120 days before."
    }
    again = publishing.publish(course_id=course.course_id, by=RITA)
    assert (again.version, again.status) == (2, CourseStatus.PUBLISHED)
    assert len(store.outline_of(course.course_id, 2).lessons) == 3


def test_a_contributor_publishes_nothing_not_even_her_own() -> None:
    with pytest.raises(Refused):
        publishing.publish(course_id=make_draft().course_id, by=CARL)


def test_a_course_without_a_lesson_is_not_published() -> None:
    with pytest.raises(Invalid, match="At least one lesson"):
        publishing.publish(course_id=make_draft(lesson_count=0).course_id, by=RITA)


def test_a_course_as_it_was_published_has_not_changed_since() -> None:
    course = make_course()
    assert course.published_digest == publishing.digest_of(
        courses.readable(course.course_id, CARL), store.lessons_of(course.course_id)
    )
