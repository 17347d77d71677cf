from __future__ import annotations

from datetime import timedelta

import pytest

from content.tests.factories import make_item
from core import clock
from core.errors import Invalid, NotFound, Refused
from core.testing import CARL, RITA, VERA
from lms.enums import AssignmentStatus, CourseMove, CourseStatus, StepState
from lms.services import assignments, cycles, paths, publishing
from lms.services.assignments import Order
from lms.store import assignments as assigned
from lms.store import learning as rows
from lms.tests.assignment_factories import complete
from lms.tests.factories import make_course, make_draft
from lms.tests.path_factories import add, add_choice, make_path, make_path_draft

pytestmark = pytest.mark.usefixtures("cloud")


def states(path_id: str, person=VERA) -> list[StepState]:
    return [one.state for one in paths.load(person, path_id).progress.placed]


def test_a_path_opens_step_by_step_and_is_completed_with_its_last_course() -> None:
    first, second = make_course(title="First"), make_course(title="Second")
    path = make_path(first, second)
    paths.begin(path_id=path.path_id, by=VERA)
    assert states(path.path_id) == [StepState.AVAILABLE, StepState.LOCKED]
    complete(first)
    assert states(path.path_id) == [StepState.DONE, StepState.AVAILABLE]
    assert rows.path_progress(VERA.user_id, path.path_id).progress_percentage == 50
    complete(second)
    row = rows.path_progress(VERA.user_id, path.path_id)
    assert (row.status, row.progress_percentage) == ("completed", 100)


def test_an_assigned_path_is_completed_with_the_path_even_when_it_was_never_opened() -> None:
    course = make_course(lesson_count=1)
    path = make_path(course)
    order = Order(assignments.target_of("path", path.path_id))
    (given,) = assignments.assign(user_ids=[VERA.user_id], order=order, by=RITA)
    complete(course)
    one = assigned.assignment_by_id(VERA.user_id, given.assignment_id)
    assert one.status == AssignmentStatus.COMPLETED


def test_steps_added_later_do_not_undo_a_completion() -> None:
    course, later = make_course(lesson_count=1), make_course(title="Later")
    path = make_path(course)
    paths.begin(path_id=path.path_id, by=VERA)
    complete(course)
    add(path.path_id, later)
    taking = paths.settle(paths.load(VERA, path.path_id))
    assert (taking.finished, taking.percent) == (True, 100)
    assert taking.progress.placed[1].state is StepState.AVAILABLE


def test_a_course_completed_before_counts() -> None:
    course, other = make_course(lesson_count=1), make_course(title="Other")
    complete(course)
    path = make_path(course, other)
    assert states(path.path_id) == [StepState.DONE, StepState.AVAILABLE]


def test_opening_a_must_read_item_here_counts() -> None:
    item = make_item()
    path = make_path(item, make_course())
    paths.read_item(path_id=path.path_id, number=1, content_id=item.content_id, by=VERA)
    assert states(path.path_id) == [StepState.DONE, StepState.AVAILABLE]


def test_a_locked_item_is_not_read_and_one_of_another_step_is_not_there() -> None:
    item = make_item()
    path = make_path(make_course(), item)
    with pytest.raises(Refused):
        paths.read_item(path_id=path.path_id, number=2, content_id=item.content_id, by=VERA)
    with pytest.raises(NotFound):
        paths.read_item(path_id=path.path_id, number=1, content_id=item.content_id, by=VERA)


def test_of_a_choice_so_many_suffice() -> None:
    one, two, three = (make_course(title=title, lesson_count=1) for title in "ABC")
    draft = make_path_draft()
    add_choice(draft.path_id, [one, two, three], need=2)
    paths.move(path_id=draft.path_id, move=CourseMove.PUBLISH, by=RITA)
    complete(one)
    assert states(draft.path_id) == [StepState.IN_PROGRESS]
    complete(three)
    assert states(draft.path_id) == [StepState.DONE]


def test_a_withdrawn_course_holds_nobody_up_once_its_step_is_waived() -> None:
    gone, other = make_course(title="Gone", lesson_count=1), make_course(title="Other", lesson_count=1)
    path = make_path(gone, other)
    gone.status = CourseStatus.UNPUBLISHED.value
    gone.save()
    stuck = paths.load(VERA, path.path_id).progress.placed
    assert stuck[0].out_of_reach
    paths.waive_step(path_id=path.path_id, step_id=stuck[0].step.step_id, waived=True, by=CARL)
    assert states(path.path_id) == [StepState.WAIVED, StepState.AVAILABLE]
    paths.begin(path_id=path.path_id, by=VERA)
    complete(other)
    assert paths.load(VERA, path.path_id).finished


def test_the_same_course_stands_in_a_path_once() -> None:
    course = make_course()
    draft = make_path_draft(course)
    with pytest.raises(Invalid, match="twice"):
        add(draft.path_id, course, by=CARL)


def test_a_course_does_not_come_before_its_prerequisite() -> None:
    basics = make_course(title="Basics")
    advanced = make_course(title="Advanced", prerequisite_ids=(basics.course_id,))
    draft = make_path_draft(advanced)
    with pytest.raises(Invalid, match="wait for each other"):
        add(draft.path_id, basics, by=CARL)
    assert paths.steps_of(make_path_draft(basics, advanced))


def test_a_path_names_what_keeps_it_from_being_published() -> None:
    draft = make_path_draft(make_draft(title="Not out yet"), description="")
    with pytest.raises(Refused):
        paths.move(path_id=draft.path_id, move=CourseMove.PUBLISH, by=CARL)
    with pytest.raises(Invalid, match="“Not out yet” is not published"):
        paths.move(path_id=draft.path_id, move=CourseMove.PUBLISH, by=RITA)
    assert "description" in paths.problems_of(draft)


def test_a_withdrawn_path_stays_open_to_those_who_had_begun() -> None:
    path = make_path(make_course())
    paths.begin(path_id=path.path_id, by=VERA)
    paths.move(path_id=path.path_id, move=CourseMove.UNPUBLISH, by=RITA)
    assert paths.load(VERA, path.path_id)
    with pytest.raises(NotFound):
        paths.load(CARL.__class__("sub-new", "New", VERA.role), path.path_id)


def test_publishing_a_course_again_changes_no_path() -> None:
    course = make_course(lesson_count=1)
    path = make_path(course)
    paths.begin(path_id=path.path_id, by=VERA)
    complete(course)
    publishing.publish(course_id=course.course_id, by=RITA)
    assert states(path.path_id) == [StepState.DONE]


def test_what_is_taken_again_counts_while_its_last_round_is_valid() -> None:
    course, other = make_course(lesson_count=1, validity_months=12), make_course(title="Other")
    complete(course)
    cycles.open_next(user_id=VERA.user_id, course_id=course.course_id, by=RITA)
    path = make_path(course, other)
    assert states(path.path_id) == [StepState.DONE, StepState.AVAILABLE]
    with clock.at(clock.now() + timedelta(days=400)):
        assert states(path.path_id) == [StepState.IN_PROGRESS, StepState.LOCKED]
