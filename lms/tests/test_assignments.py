from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core import clock
from core.errors import Invalid, Refused
from core.testing import CARL, CORA, RITA, VERA
from lms.enums import AssignmentStatus
from lms.services import assignments, learning
from lms.services.assignments import Outcome, When
from lms.store import assignments as store
from lms.tests.assignment_factories import again, assign, complete, order
from lms.tests.factories import lesson_ids, make_course, make_draft

pytestmark = pytest.mark.usefixtures("cloud")


def test_an_assigned_course_is_begun_and_completed_with_the_course() -> None:
    course = make_course(lesson_count=2)
    one = assign(course)
    assert one.status == AssignmentStatus.ASSIGNED
    learning.open_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    assert again(one).status == AssignmentStatus.IN_PROGRESS
    complete(course)
    done = again(one)
    assert (done.status, done.late) == (AssignmentStatus.COMPLETED, False)
    assert done.open_due is None


def test_assigning_twice_is_one_assignment() -> None:
    course = make_course()
    first = assign(course)
    (second,) = assignments.assign(user_ids=[VERA.user_id, VERA.user_id], order=order(course), by=RITA)
    assert second.outcome is Outcome.UNCHANGED
    assert [one.assignment_id for one in store.assignments_of(VERA.user_id)] == [first.assignment_id]


def test_what_was_completed_before_counts_with_its_own_date() -> None:
    course = make_course(lesson_count=1)
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        complete(course)
    one = assign(course, when=When(day=clock.now().date() + timedelta(days=9)))
    assert (one.status, one.completed_at) == (AssignmentStatus.COMPLETED, datetime(2026, 3, 1, tzinfo=UTC))
    assert one.late is False


def test_late_is_judged_by_when_it_was_done() -> None:
    course = make_course(lesson_count=1)
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        one = assign(course, when=When(day=date(2026, 3, 10)))
    with clock.at(datetime(2026, 3, 12, tzinfo=UTC)):
        complete(course)
    assert again(one).late


def test_who_had_begun_is_in_progress_at_once() -> None:
    course = make_course()
    learning.open_lesson(course_id=course.course_id, lesson_id=lesson_ids(course)[0], by=VERA)
    assert assign(course).status == AssignmentStatus.IN_PROGRESS


def test_only_those_who_may_assign_do_and_only_what_is_published() -> None:
    with pytest.raises(Refused):
        assignments.target_of("course", make_draft().course_id)
    with pytest.raises(Refused):
        assignments.assign(user_ids=[VERA.user_id], order=order(make_course()), by=CARL)


def test_a_day_that_is_over_is_refused() -> None:
    with pytest.raises(Invalid, match="in the past"):
        assign(make_course(), when=When(day=date(2020, 2, 29)))


def test_a_waived_assignment_stays_so_until_it_is_assigned_anew() -> None:
    course = make_course(lesson_count=1)
    one = assign(course)
    with pytest.raises(Invalid, match="Say why"):
        assignments.waive(user_id=VERA.user_id, assignment_id=one.assignment_id, reason=" ", by=RITA)
    assignments.waive(user_id=VERA.user_id, assignment_id=one.assignment_id, reason="On leave.", by=RITA)
    with pytest.raises(Refused, match="waived already"):
        assignments.cancel(user_id=VERA.user_id, assignment_id=one.assignment_id, by=RITA)
    assert assign(course).status == AssignmentStatus.ASSIGNED
    assert again(one).closed_reason is None


def test_completing_does_not_touch_what_was_waived_or_is_somebody_elses() -> None:
    course = make_course(lesson_count=1)
    waived, others = assign(course), assign(course, CORA)
    assignments.waive(user_id=VERA.user_id, assignment_id=waived.assignment_id, reason="On leave.", by=RITA)
    complete(course)
    assert again(waived).status == AssignmentStatus.WAIVED
    assert again(others).status == AssignmentStatus.ASSIGNED


def test_completed_is_terminal() -> None:
    course = make_course(lesson_count=1)
    one = assign(course)
    complete(course)
    with pytest.raises(Refused, match="completed already"):
        assignments.extend(user_id=VERA.user_id, assignment_id=one.assignment_id, when=When(), by=RITA)


def test_what_must_be_redone_opens_a_new_cycle_and_is_met_by_it_alone() -> None:
    course = make_course(lesson_count=1)
    complete(course)
    one = assign(course, must_redo=True)
    assert (one.status, one.cycle) == (AssignmentStatus.ASSIGNED, 2)
    assert assign(course, must_redo=True).assignment_id == one.assignment_id
    complete(course)
    assert again(one).status == AssignmentStatus.COMPLETED


def test_a_completion_that_is_no_longer_valid_does_not_count() -> None:
    course = make_course(lesson_count=1, validity_months=1)
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
        complete(course)
    with clock.at(datetime(2026, 1, 20, tzinfo=UTC)):
        assert assign(course).status == AssignmentStatus.COMPLETED
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        later = assign(course)
    assert (later.status, later.cycle) == (AssignmentStatus.ASSIGNED, 2)


def test_the_completing_transaction_meets_the_assignment_without_any_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    course = make_course(lesson_count=1)
    one = assign(course)
    monkeypatch.setattr("core.events._listeners", [])
    complete(course)
    assert again(one).status == AssignmentStatus.COMPLETED
