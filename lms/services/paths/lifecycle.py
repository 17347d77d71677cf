"""Publishing paths and taking them back, by the table in `rules.path_lifecycle`."""

from __future__ import annotations

from accounts.permissions import Permission, can, require
from accounts.person import Person
from content.enums import Status
from content.permissions import status_of
from content.store import items_by_ids
from core import clock
from core.errors import Invalid, Refused
from lms import store as courses
from lms.enums import CourseMove, CourseStatus, StepKind
from lms.models import Path
from lms.rules import paths as rules
from lms.rules.dues import OPEN
from lms.rules.path_lifecycle import transition
from lms.services.paths.steps import check_circle, steps_of
from lms.services.paths.writing import check_sees_draft, readable, save
from lms.store.assignments import assignments_to


def move(*, path_id: str, move: CourseMove, by: Person) -> Path:
    """Raises NotFound, Refused, and Invalid with what is missing before it can be published."""
    path = readable(path_id, by)
    check_sees_draft(path, by)
    require(by, Permission.COURSES_PUBLISH)
    found = transition(move, CourseStatus(path.status), ever_published=bool(path.published_at))
    if move is CourseMove.PUBLISH:
        if problems := problems_of(path):
            raise Invalid(" ".join(problems.values()))
        path.published_at, path.published_by = clock.now(), by.user_id
    if move is CourseMove.ARCHIVE:
        _check_nothing_is_open(path)
    path.status = found.to.value
    save(path, found.event, by)
    return path


def may_move(person: Person) -> bool:
    return can(person, Permission.COURSES_PUBLISH)


def problems_of(path: Path) -> dict[str, str]:
    """What stands in the way of publishing, by the step or the field that it is about."""
    problems = {}
    if not path.description.strip():
        problems["description"] = "Describe what the path leads to."
    steps = steps_of(path)
    if not any(step.required for step in steps):
        problems["steps"] = "At least one step must be required."
    titles = _unfit(steps)
    for step in steps:
        left = sum(target.target_id not in titles for target in step.targets)
        if step.step_id not in path.waived_steps and left < step.need:
            problems[step.step_id] = " ".join(titles[t.target_id] for t in step.targets if t.target_id in titles)
    try:
        found = {one.course_id: one for one in courses.courses_by_ids(list(path.course_ids))}
        check_circle(steps, found, sequential=bool(path.sequential))
    except Invalid as error:
        problems.setdefault("steps", error.message)
    return problems


def _unfit(steps: list[rules.Step]) -> dict[str, str]:
    """Courses that are not published and items that are not approved, with a sentence about each."""
    now, told = clock.now(), {}
    wanted = rules.target_ids(steps, StepKind.COURSE)
    found = {one.course_id: one for one in courses.courses_by_ids(wanted)}
    for course_id in wanted:
        course = found.get(course_id)
        if course is None or course.status != CourseStatus.PUBLISHED:
            told[course_id] = f"“{course.title}” is not published." if course else "A course is gone."
    wanted = rules.target_ids(steps, StepKind.ITEM)
    items = {one.content_id: one for one in items_by_ids(wanted)}
    for content_id in wanted:
        item = items.get(content_id)
        if item is None or status_of(item, now) is not Status.APPROVED:
            told[content_id] = f"“{item.title}” is not approved." if item else "An item is gone."
    return told


def _check_nothing_is_open(path: Path) -> None:
    count = sum(one.status in OPEN for one in assignments_to(path.path_id))
    if count:
        raise Refused(f"{count} open assignments ask for this path. Waive or cancel them first.")
