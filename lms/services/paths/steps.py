"""The steps of a path: adding, removing, ordering. A published path changes for everybody at once; nobody who has
completed it is set back by that."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from accounts.person import Person
from content.access import items_for_reading
from core.errors import Invalid, NotFound, Stale
from core.ids import new_id
from lms import permissions
from lms import store as courses
from lms.enums import CourseStatus, StepKind
from lms.models import Course, Path
from lms.rules import paths as rules
from lms.rules.paths import Step, Target
from lms.services.paths.writing import authored, save

_TRIES = 4
Change = Callable[[list[Step]], Sequence[Step]]


def steps_of(path: Path) -> list[Step]:
    return [Step.from_data(one) for one in path.steps or ()]


def add_step(
    *,
    path_id: str,
    kind: StepKind,
    targets: Sequence[Target],
    by: Person,
    title: str = "",
    need: int = 1,
    required: bool = True,
    step_id: str | None = None,
) -> Path:
    """At the end, once for one `step_id`. Raises Invalid for what is there already, or could never be finished."""
    step = Step(step_id or new_id(), kind, tuple(targets), " ".join(title.split()), need, required)
    if not targets or (kind is not StepKind.CHOICE and len(targets) > 1):
        raise Invalid("Choose what this step leads to.")
    _check_targets(step, by)

    def added(steps: list[Step]) -> list[Step]:
        return steps if step.step_id in {one.step_id for one in steps} else [*steps, step]

    return _change(path_id, added, "path.step_added", by)


def remove_step(*, path_id: str, step_id: str, by: Person) -> Path:
    return _change(path_id, lambda steps: [step for step in steps if step.step_id != step_id], "path.step_removed", by)


def change_step(*, path_id: str, step_id: str, required: bool, by: Person) -> Path:
    return _change(path_id, lambda steps: rules.with_required(steps, step_id, required), "path.step_changed", by)


def shift_step(*, path_id: str, step_id: str, places: int, by: Person) -> Path:
    return _change(path_id, lambda steps: rules.shifted(steps, step_id, places), "path.steps_ordered", by)


def place_step(*, path_id: str, step_id: str, before: str | None, by: Person) -> Path:
    return _change(path_id, lambda steps: rules.moved(steps, step_id, before), "path.steps_ordered", by)


def waive_step(*, path_id: str, step_id: str, waived: bool, by: Person) -> Path:
    """Lets everybody off a step whose course or item was withdrawn, or takes that back. Who has done it keeps it."""
    path = authored(path_id, by)
    if step_id not in {step.step_id for step in steps_of(path)}:
        raise NotFound()
    if waived != (step_id in path.waived_steps):
        others = [one for one in path.waived_steps if one != step_id]
        path.waived_steps = [*others, step_id] if waived else others
        path.step_changes += 1
        save(path, "path.step_waived" if waived else "path.step_required", by, changes={"step": {"after": step_id}})
    return path


def _change(path_id: str, change: Change, action: str, by: Person) -> Path:
    """Two who change the list at once both get what they asked for: the second does it to what the first left."""
    for tried in range(_TRIES):
        path = authored(path_id, by)
        before = steps_of(path)
        after = list(change(before))
        if after == before:
            return path
        _put(path, after)
        try:
            save(path, action, by)
        except Stale:
            if tried == _TRIES - 1:
                raise
            continue
        return path
    raise Stale()


def _put(path: Path, steps: list[Step]) -> None:
    """Raises Invalid."""
    if problem := next(rules.problems(steps), ""):
        raise Invalid(problem)
    course_ids = rules.target_ids(steps, StepKind.COURSE)
    found = {course.course_id: course for course in courses.courses_by_ids(course_ids)}
    if path.status == CourseStatus.PUBLISHED and not any(step.required for step in steps):
        raise Invalid("A published path keeps at least one required step. Unpublish it first.")
    check_circle(steps, found, sequential=bool(path.sequential))
    path.steps = [step.to_data() for step in steps]
    path.course_ids = course_ids
    path.waived_steps = [one for one in path.waived_steps if one in {step.step_id for step in steps}]
    path.estimated_duration_minutes = minutes_of(steps, found)
    path.step_changes += 1


def check_circle(steps: Sequence[Step], found: dict[str, Course], *, sequential: bool) -> None:
    """Raises Invalid, naming the courses."""
    before = {course_id: list(course.prerequisite_ids) for course_id, course in found.items()}
    waiting = rules.circle(steps, before, sequential=sequential)
    if waiting:
        names = " and ".join(f"“{found[one].title}”" for one in waiting if one in found)
        raise Invalid(f"{names} would wait for each other: one is the other's prerequisite, and comes later here.")


def minutes_of(steps: Sequence[Step], found: dict[str, Course]) -> int:
    """Of required courses; of a choice the shortest that suffice."""
    total = 0
    for step in steps:
        lengths = sorted(
            int(found[target.target_id].estimated_duration_minutes)
            for target in step.targets
            if target.target_id in found
        )
        total += sum(lengths[: step.need]) if step.required else 0
    return total


def _check_targets(step: Step, by: Person) -> None:
    """They exist, and she may see them; so a path tells nobody of what is hidden from its author."""
    wanted_courses, wanted_items = rules.target_ids([step], StepKind.COURSE), rules.target_ids([step], StepKind.ITEM)
    seen = {one.course_id for one in courses.courses_by_ids(wanted_courses) if permissions.can_read(by, one)}
    if seen != set(wanted_courses):
        raise Invalid("One of these courses does not exist.")
    if {one.content_id for one in items_for_reading(by, wanted_items)} != set(wanted_items):
        raise Invalid("One of these items does not exist.")
