"""Access patterns of progress, each one request of a key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from accounts.models import AuditEntry
from core.aws.records import BaseRecord, Check, Delete, Put, find, get_many, query, write
from core.aws.together import Together, read_together
from lms.enums import CourseStatus
from lms.models import Course, CourseProgress, LessonProgress, PathProgress
from lms.rules.outline import Outline

Beside = Callable[[Course, Outline], Mapping[type[BaseRecord], Iterable[Any]]]
"""What else is to be read in the same request, by class and key."""

_COURSE, _CYCLE, _PATH = "~course#", "~cycle#", "~path#"
MOST_BEGUN = 1_000
"""Courses of one person that lists and filters look at: the query for them ends with its first megabyte."""


def lesson_key(course_id: str, lesson_id: str, cycle: int | None = None) -> str:
    """With a `cycle`, where the row is kept once that cycle is over."""
    return f"{course_id}#{lesson_id}" + (f"#{cycle}" if cycle else "")


def course_key(course_id: str, cycle: int | None = None) -> str:
    return f"{_CYCLE}{course_id}#{cycle}" if cycle else f"{_COURSE}{course_id}"


def path_key(path_id: str) -> str:
    return f"{_PATH}{path_id}"


def lesson_rows(user_id: str, course_id: str, *, fresh: bool = False) -> list[LessonProgress]:
    """Of all cycles; those that are over have a third part in their key."""
    page = query(
        LessonProgress,
        user_id,
        scope="lesson-rows",
        limit=MOST_BEGUN,
        range_condition=LessonProgress.key.startswith(f"{course_id}#"),
        consistent=fresh,
    )
    return list(page.items)


def rows_of(
    user_id: str, outline: Outline, course: Course, *, fresh: bool = False, beside: Beside | None = None
) -> tuple[CourseProgress | None, list[LessonProgress], Together]:
    """Her roll-up of a course and her rows of the lessons that count now, in one request, and what was asked for beside."""
    summary_key = (user_id, course_key(course.course_id))
    row_keys = [(user_id, lesson_key(course.course_id, entry.lesson_id)) for entry in outline.lessons]
    wanted: dict[type[BaseRecord], list[Any]] = {CourseProgress: [summary_key], LessonProgress: row_keys}
    for model, keys in (beside(course, outline) if beside else {}).items():
        wanted[model] = [*wanted.get(model, ()), *keys]
    found = read_together(wanted, consistent=fresh)
    return found.get(CourseProgress, summary_key), found.many(LessonProgress, row_keys), found


def lesson_row(user_id: str, course_id: str, lesson_id: str) -> LessonProgress | None:
    return find(LessonProgress, user_id, lesson_key(course_id, lesson_id), consistent=True)


def course_progress(user_id: str, course_id: str, *, fresh: bool = False) -> CourseProgress | None:
    return find(CourseProgress, user_id, course_key(course_id), consistent=fresh)


def courses_begun(user_id: str) -> list[CourseProgress]:
    """Her roll-ups of the present cycles, last opened first."""
    condition = CourseProgress.key.startswith(_COURSE)
    page = query(CourseProgress, user_id, scope="courses-begun", limit=MOST_BEGUN, range_condition=condition)
    return sorted(page.items, key=lambda row: row.last_accessed_at, reverse=True)


def courses_begun_of(user_id: str, course_ids: Sequence[str]) -> dict[str, CourseProgress]:
    """By course, those of them that she has begun; one BatchGet per hundred."""
    keys = [(user_id, course_key(course_id)) for course_id in course_ids]
    return {row.course_id: row for row in get_many(CourseProgress, keys)}


def progress_towards(wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], CourseProgress | PathProgress]:
    """Roll-ups by person and `course:ID` or `path:ID`; one BatchGet per hundred of each of the two."""
    courses, paths = ([one for one in wanted if one[1].startswith(kind)] for kind in ("course:", "path:"))
    of_courses = get_many(CourseProgress, [(user_id, course_key(target[7:])) for user_id, target in courses])
    of_paths = get_many(PathProgress, [(user_id, path_key(target[5:])) for user_id, target in paths])
    found: dict[tuple[str, str], CourseProgress | PathProgress] = {}
    found |= {(row.user_id, f"course:{row.course_id}"): row for row in of_courses}
    found |= {(row.user_id, f"path:{row.path_id}"): row for row in of_paths}
    return found


def still_as_far(user_id: str, target: str, seen: CourseProgress | PathProgress | None) -> Check:
    """Her roll-up of `course:ID` or `path:ID` is what it was when it was read."""
    kind, _, target_id = target.partition(":")
    if kind == "path":
        row: CourseProgress | PathProgress = PathProgress(user_id=user_id, key=path_key(target_id))
        return Check(row, PathProgress.rev == seen.rev if seen else PathProgress.user_id.does_not_exist())
    row = CourseProgress(user_id=user_id, key=course_key(target_id))
    return Check(row, CourseProgress.rev == seen.rev if seen else CourseProgress.user_id.does_not_exist())


def cycles_over(user_id: str, course_id: str) -> list[CourseProgress]:
    """Oldest first."""
    condition = CourseProgress.key.startswith(f"{_CYCLE}{course_id}#")
    page = query(CourseProgress, user_id, scope="cycles-over", limit=MOST_BEGUN, range_condition=condition)
    return sorted(page.items, key=lambda row: int(row.cycle))


def cycle_over(user_id: str, course_id: str, cycle: int) -> CourseProgress | None:
    return find(CourseProgress, user_id, course_key(course_id, cycle))


def path_progress(user_id: str, path_id: str, *, fresh: bool = False) -> PathProgress | None:
    return find(PathProgress, user_id, path_key(path_id), consistent=fresh)


def paths_begun(user_id: str) -> list[PathProgress]:
    """Last opened first."""
    condition = PathProgress.key.startswith(_PATH)
    page = query(PathProgress, user_id, scope="paths-begun", limit=MOST_BEGUN, range_condition=condition)
    return sorted(page.items, key=lambda row: row.last_accessed_at, reverse=True)


def still_published(course: Course) -> Check:
    """The course is what it was when it was read: nobody published or withdrew it meanwhile."""
    return Check(course, (Course.version == int(course.version)) & (Course.status == course.status))


def course_is_there(course_id: str, version: int) -> Check:
    """For a write that has not read the course: its learners still read this version."""
    course = Course(course_id=course_id)
    open_to_learners = Course.status.is_in(CourseStatus.PUBLISHED.value, CourseStatus.UNPUBLISHED.value)
    return Check(course, (Course.version == version) & open_to_learners)


def save(*changes: Put | Delete | Check, audit: Sequence[AuditEntry] = ()) -> None:
    """Progress is nobody's decision and leaves no audit entry of its own; what follows from it may."""
    write(*changes, audit=audit)
