"""Her own assignments, as far as what they ask for is hers to see: what was withdrawn before she began is nowhere to go."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.person import Person
from core.aws.together import Together, read_together
from lms import permissions
from lms.enums import CourseStatus
from lms.models import Assignment, Course, CourseProgress, Path, PathProgress
from lms.services import learning
from lms.services.assignments import PATH
from lms.store.assignments import assignments_of
from lms.store.learning import course_key, path_key

_WITHDRAWN = (CourseStatus.UNPUBLISHED, CourseStatus.ARCHIVED)


def own_assignments(person: Person) -> list[Assignment]:
    """By due date. Two requests, one more per hundred."""
    return visible(person, assignments_of(person.user_id))


def visible(person: Person, some: Sequence[Assignment]) -> list[Assignment]:
    paths = [one.course_id for one in some if _is_path(one)]
    courses = [one.course_id for one in some if not _is_path(one)]
    found = read_together(
        {
            Course: courses,
            Path: paths,
            CourseProgress: [(person.user_id, course_key(one)) for one in courses],
            PathProgress: [(person.user_id, path_key(one)) for one in paths],
        }
    )
    return [one for one in some if (_sees_path if _is_path(one) else _sees_course)(person, one.course_id, found)]


def _sees_course(person: Person, course_id: str, found: Together) -> bool:
    course = found.get(Course, course_id)
    mine = found.get(CourseProgress, (person.user_id, course_key(course_id)))
    return course is not None and learning.may_take(person, course, mine)


def _sees_path(person: Person, path_id: str, found: Together) -> bool:
    path = found.get(Path, path_id)
    began = found.get(PathProgress, (person.user_id, path_key(path_id))) is not None
    return path is not None and (permissions.can_read(person, path) or (began and path.status in _WITHDRAWN))


def _is_path(one: Assignment) -> bool:
    return str(one.target).startswith(f"{PATH}:")
