"""What becomes of a course: publishing takes a numbered snapshot of the draft; the rest decides who finds it.

A number is taken first, then the parts of the snapshot are written under it, and only then does the course name it.
So nobody ever reads a snapshot that is not whole: whoever fails or loses half-way leaves parts that no course names,
under a number that is not used again. The last step also asks that every lesson still is what the snapshot says.
"""

from __future__ import annotations

from collections.abc import Collection

from accounts.permissions import Permission, require
from accounts.person import Person
from core import clock
from core.aws.records import Check
from core.errors import Invalid, Refused, Stale
from lms import store
from lms.enums import CourseMove, CourseStatus
from lms.models import Assignment, Course, Lesson
from lms.rules.course_lifecycle import Transition, transition
from lms.rules.dues import OPEN
from lms.services import courses
from lms.services.checklist import problems_of
from lms.services.lesson_order import arranged
from lms.services.snapshots import digest_of, lesson_data, outline_for, parts_of
from lms.store import assignments

__all__ = [
    "archive",
    "ask",
    "bring_back",
    "digest_of",
    "lesson_data",
    "outline_for",
    "problems_of",
    "publish",
    "unpublish",
]
MOVED_ON = "Somebody else changed this course at the same moment. Look at it once more before you publish it."


def publish(*, course_id: str, by: Person, redo: Collection[str] = (), seen_rev: int | None = None) -> Course:
    """Lessons in `redo` must be done again by those who have not finished.

    Raises Invalid with what is missing, and Stale when the course was written after `seen_rev` was read.
    """
    course = _movable(course_id, by)
    found = check_move(course, CourseMove.PUBLISH, by)
    if seen_rev is not None and int(course.rev) != seen_rev:
        raise Stale(MOVED_ON)
    _, lessons = arranged(course)
    if problems := problems_of(course, lessons):
        raise Invalid(" ".join(problems.values()))
    number, now = _take_number(course), clock.now()
    outline = outline_for(course, lessons, number, redo)
    store.save_snapshot(parts_of(outline, lessons, by, now))
    course.version, course.status = number, found.to.value
    course.published_at, course.published_by = now, by.user_id
    course.published_digest = digest_of(course, lessons)
    course.estimated_duration_minutes = outline.duration_minutes
    course.live = outline.in_lists()
    course.draft_changed, course.ready_at = False, None
    courses.save(course, found.event, by, also=_unchanged(lessons), draft=False)
    return course


def unpublish(*, course_id: str, by: Person) -> Course:
    """Out of the catalogue. Who had begun goes on; who had finished keeps her certificate."""
    return _move(course_id, CourseMove.UNPUBLISH, by)


def archive(*, course_id: str, by: Person) -> Course:
    """Raises Refused while somebody is still to finish it: those assignments are waived or moved first."""
    course = _movable(course_id, by)
    check_move(course, CourseMove.ARCHIVE, by)
    check_nobody_waits(course_id)
    return _move(course_id, CourseMove.ARCHIVE, by)


def bring_back(*, course_id: str, by: Person) -> Course:
    return _move(course_id, CourseMove.BRING_BACK, by)


def ask(*, course_id: str, ready: bool, by: Person) -> Course:
    """An author's mark that her course can be published, which Approvers find in their list; or its withdrawal."""
    course = courses.authored(course_id, by)
    if bool(course.ready_at) == ready:
        return course
    if ready and (problems := problems_now(course)):
        raise Invalid(" ".join(problems.values()))
    course.ready_at = clock.now() if ready else None
    courses.save(course, "course.ready" if ready else "course.not_ready", by, draft=False)
    return course


def problems_now(course: Course) -> dict[str, str]:
    """What stands in the way of publishing it as it is now; its lessons are read."""
    return problems_of(course, arranged(course)[1])


def check_nobody_waits(course_id: str) -> None:
    """Raises Refused while people are still to finish it."""
    if waiting := open_assignments(course_id):
        raise Refused(f"{len(waiting)} open assignments still ask for this course. Waive them or move them first.")


def check_move(course: Course, move: CourseMove, by: Person) -> Transition:
    """The transition that the move would make. Raises Refused, with the sentence that its button shows."""
    found = transition(move, CourseStatus(course.status), int(course.version))
    require(by, Permission.COURSES_PUBLISH)
    return found


def open_assignments(course_id: str) -> list[Assignment]:
    """Of people who are still to finish it."""
    return [one for one in assignments.assignments_to(course_id) if one.status in OPEN]


def _move(course_id: str, move: CourseMove, by: Person) -> Course:
    course = _movable(course_id, by)
    found = check_move(course, move, by)
    course.status, course.ready_at = found.to.value, None
    courses.save(course, found.event, by, draft=False)
    return course


def _movable(course_id: str, by: Person) -> Course:
    """Read afresh; an archived one, too."""
    course = courses.readable(course_id, by)
    courses.check_sees_draft(course, by)
    return course


def _take_number(course: Course) -> int:
    """Of two who publish at once the second stops here, before she has written anything."""
    course.last_version = max(int(course.last_version), int(course.version)) + 1
    store.save_course(course, audit=())
    return int(course.last_version)


def _unchanged(lessons: Collection[Lesson]) -> list[Check]:
    return [Check(lesson, Lesson.rev == int(lesson.rev)) for lesson in lessons]
