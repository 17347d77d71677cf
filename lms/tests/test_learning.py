from __future__ import annotations

import pytest

from core.errors import NotFound
from core.testing import CARL, RITA, VERA
from lms import store
from lms.enums import ProgressStatus
from lms.services import learning, publishing
from lms.store import learning as rows
from lms.tests.factories import add_text, lesson_ids, make_course, make_draft

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_course_is_complete_when_its_last_required_lesson_is() -> None:
    course = make_course(lesson_count=2)
    first, second = lesson_ids(course)
    half = learning.complete_lesson(course_id=course.course_id, lesson_id=first, by=VERA)
    assert (half.percent, half.finished) == (50, False)
    whole = learning.complete_lesson(course_id=course.course_id, lesson_id=second, by=VERA)
    assert (whole.percent, whole.finished) == (100, True)


def test_what_was_completed_stays_so_with_its_first_date() -> None:
    course = make_course(lesson_count=1)
    (lesson_id,) = lesson_ids(course)
    learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_id, by=VERA)
    before = rows.course_progress(VERA.user_id, course.course_id)
    learning.open_lesson(course_id=course.course_id, lesson_id=lesson_id, by=VERA)
    row = rows.lesson_row(VERA.user_id, course.course_id, lesson_id)
    after = rows.course_progress(VERA.user_id, course.course_id)
    assert row.status == ProgressStatus.COMPLETED
    assert before.completed_at == after.completed_at


def test_lessons_added_later_do_not_undo_a_completion() -> None:
    course = make_course(lesson_count=1)
    learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    add_text(course.course_id, "New since then")
    publishing.publish(course_id=course.course_id, by=RITA)
    again = learning.load(VERA, course.course_id)
    assert again.finished
    assert again.percent == 100
    assert again.rollup.percent == 50


def test_a_lesson_to_be_done_again_counts_no_more_for_those_who_had_not_finished() -> None:
    course = make_course(lesson_count=2)
    first, second = lesson_ids(course)
    for person, done in ((VERA, [first]), (CARL, [first, second])):
        for lesson_id in done:
            learning.complete_lesson(course_id=course.course_id, lesson_id=lesson_id, by=person)
    publishing.publish(course_id=course.course_id, by=RITA, redo={first})
    assert learning.load(VERA, course.course_id).rollup.percent == 0
    assert learning.load(CARL, course.course_id).percent == 100
    again = learning.complete_lesson(course_id=course.course_id, lesson_id=first, by=VERA)
    assert again.rollup.percent == 50


def test_a_draft_and_a_lesson_of_another_course_are_not_there() -> None:
    draft, course = make_draft(), make_course()
    with pytest.raises(NotFound):
        learning.load(VERA, draft.course_id)
    with pytest.raises(NotFound):
        learning.complete_lesson(course_id=course.course_id, lesson_id="made-up", by=VERA)
    assert store.find_course(draft.course_id)
