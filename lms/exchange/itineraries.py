"""Makes a path of what a package says about the order of its courses. A path that is there gets the steps that it lacks."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import NotFound, PortalError
from lms import store
from lms.enums import CourseMove, CourseStatus, StepKind
from lms.exchange.bringing import Outcome, Told, id_of, id_of_course
from lms.exchange.labels import How
from lms.exchange.parcel import Itinerary
from lms.models import Path
from lms.rules.paths import Target
from lms.services import paths
from lms.store.paths import path_by_id


def path_id_of(path: Itinerary, how: How) -> str:
    return id_of(how.owner.user_id, f"path {path.key}")


def bring_path(path: Itinerary, how: How) -> Iterator[Told]:
    """Without courses it is not made."""
    try:
        outcome = _bring(path, path_id_of(path, how), how)
    except PortalError as error:
        yield Told("path", path.title, Outcome.REFUSED, error.message)
        return
    yield Told("path", path.title, outcome)
    if how.publish:
        yield from _publish(path, how)


def _bring(path: Itinerary, path_id: str, how: How) -> Outcome:
    found = _find(path_id)
    if found is None:
        fields = paths.Fields(title=path.title, description=path.description or f"{path.title}, imported.")
        found = paths.create(fields=fields, by=how.owner, path_id=path_id)
        outcome = Outcome.NEW
    else:
        outcome = Outcome.UNCHANGED
    there = {target.target_id for step in paths.steps_of(found) for target in step.targets}
    for key in path.course_keys:
        course_id = id_of_course(key, how.owner)
        if course_id not in there and store.find_course(course_id, fresh=True):
            targets = (Target(StepKind.COURSE, course_id),)
            step_id = id_of(path_id, course_id)
            paths.add_step(path_id=path_id, kind=StepKind.COURSE, targets=targets, step_id=step_id, by=how.owner)
            outcome = Outcome.CHANGED if outcome is Outcome.UNCHANGED else outcome
    return outcome


def _publish(path: Itinerary, how: How) -> Iterator[Told]:
    found = _find(path_id_of(path, how))
    if found is None or found.status != CourseStatus.DRAFT:
        return
    try:
        paths.move(path_id=found.path_id, move=CourseMove.PUBLISH, by=how.owner)
    except PortalError as error:
        yield Told("publishing", path.title, Outcome.REFUSED, error.message)
    else:
        yield Told("publishing", path.title, Outcome.NEW)


def _find(path_id: str) -> Path | None:
    try:
        return path_by_id(path_id, fresh=True)
    except NotFound:
        return None
