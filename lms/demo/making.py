"""Makes the demo courses and paths, through importing and the services that people use: written, published, changed since."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from accounts.person import Person
from core import clock
from core.errors import NotFound
from core.events import held_back
from lms import store
from lms.demo.curriculum import Change, PathPlan, PathStep, Plan, school
from lms.demo.drawing import with_drawn
from lms.enums import CourseMove, StepKind
from lms.exchange import packages, reading
from lms.exchange.bringing import How, bring, id_of, id_of_course
from lms.exchange.parcel import Parcel
from lms.models import Course
from lms.rules.paths import Target
from lms.services import lessons, paths, publishing
from lms.store.paths import path_by_id
from metadata.enums import Group
from metadata.services import ensure_option

Cast = Mapping[str, Person]
_WRITTEN = timedelta(days=3)


@dataclass(frozen=True)
class Stage:
    """`now` is the real present; the clock is set to each step's moment."""

    cast: Cast
    now: datetime
    options: dict[tuple[Group, str], str] = field(default_factory=dict)

    def ago(self, days: float) -> datetime:
        """In the middle of that working day."""
        return (self.now - timedelta(days=days)).replace(hour=14, minute=5, second=0, microsecond=0)

    def course_id(self, slug: str) -> str:
        plan = next(one for one in school().courses if one.slug == slug)
        return id_of_course(slug, self.cast[plan.owner])

    def lesson_id(self, slug: str, key: str) -> str:
        return id_of(self.course_id(slug), key)


def make_course(stage: Stage, plan: Plan) -> int:
    """How many parts were made now; none where it is there already, whatever became of it since."""
    course_id = stage.course_id(plan.slug)
    made = 0
    if _is_to_be_written(store.find_course(course_id, fresh=True), plan):
        with clock.at(stage.ago(plan.age) - _WRITTEN), held_back():
            made += _write(stage, plan)
    course = store.course_by_id(course_id, fresh=True)
    if plan.publish and not course.version:
        with clock.at(stage.ago(plan.age)):
            publishing.publish(course_id=course_id, by=_judge(stage, plan))
        made += 1
    if plan.change:
        made += _change(stage, plan, plan.change)
    return made


def _is_to_be_written(course: Course | None, plan: Plan) -> bool:
    """What was published is whole. Of a draft all lessons were there once it was marked as imported with its last one."""
    if course is None or not plan.publish:
        return course is None or int(course.lesson_count) < _lesson_count(plan)
    return not course.version


def _lesson_count(plan: Plan) -> int:
    with tempfile.TemporaryDirectory(prefix="demo-course-") as scratch:
        return len(_parcel(plan, Path(scratch)).lessons)


def _write(stage: Stage, plan: Plan) -> int:
    owner = stage.cast[plan.owner]
    with tempfile.TemporaryDirectory(prefix="demo-course-") as scratch:
        parcel = _parcel(plan, Path(scratch))
        before = tuple(stage.course_id(slug) for slug in parcel.prerequisite_ids)
        told = list(bring(replace(parcel, prerequisite_ids=before), How(owner, options=stage.options)))
    return sum(1 for one in told if one.outcome == "new")


def _parcel(plan: Plan, scratch: Path) -> Parcel:
    package = with_drawn(packages.open_package(plan.folder, scratch), scratch)
    (parcel,) = reading.read(package, scratch).parcels
    return parcel


def _judge(stage: Stage, plan: Plan) -> Person:
    return stage.cast["admin" if plan.owner == "approver" else "approver"]


def _change(stage: Stage, plan: Plan, change: Change) -> int:
    """Once, and not after somebody has published anew."""
    course_id, lesson_id = stage.course_id(plan.slug), stage.lesson_id(plan.slug, change.lesson)
    course, owner = store.course_by_id(course_id, fresh=True), stage.cast[plan.owner]
    if int(course.version) != 1 or course.draft_changed:
        return 0
    lesson = store.lesson_by_id(course_id, lesson_id, fresh=True)
    fields = lessons.fields_of(lesson)
    content = fields.content | {"body": fields.content["body"] + change.append}
    with clock.at(stage.ago(change.days_ago)), held_back():
        lessons.edit(
            course_id=course_id,
            lesson_id=lesson_id,
            fields=replace(fields, content=content),
            seen_rev=int(lesson.text_rev),
            by=owner,
        )
        publishing.ask(course_id=course_id, ready=True, by=owner)
    return 1


def make_path(stage: Stage, plan: PathPlan) -> int:
    """Its steps are put in order until it has been published; from then on it is left to people."""
    owner = stage.cast[plan.owner]
    with clock.at(stage.ago(plan.age)), held_back():
        try:
            path = path_by_id(plan.path_id, fresh=True)
        except NotFound:
            path = paths.create(fields=_path_fields(stage, plan), path_id=plan.path_id, by=owner)
        if path.published_at:
            return 0
        there = {step.step_id for step in paths.steps_of(path)}
        for step in plan.steps:
            if step.key not in there:
                _add_step(stage, plan, step, owner)
        paths.move(path_id=plan.path_id, move=CourseMove.PUBLISH, by=owner)
    return 1 + len(plan.steps)


def _path_fields(stage: Stage, plan: PathPlan) -> paths.Fields:
    return paths.Fields(
        title=plan.title,
        description=plan.description,
        product_concept=_option(stage, Group.PRODUCT_CONCEPT, plan.concept),
        tags=tuple(_option(stage, Group.TOPIC_TAG, tag) for tag in plan.tags),
        sequential=plan.sequential,
    )


def _add_step(stage: Stage, plan: PathPlan, step: PathStep, owner: Person) -> None:
    slugs = step.choice or ((step.course,) if step.course else ())
    targets = [Target(StepKind.COURSE, stage.course_id(slug)) for slug in slugs]
    if step.item:
        targets = [Target(StepKind.ITEM, step.item)]
    kind = StepKind.CHOICE if step.choice else StepKind.COURSE if step.course else StepKind.ITEM
    paths.add_step(
        path_id=plan.path_id,
        kind=kind,
        targets=targets,
        title=step.title,
        need=step.need,
        required=step.required,
        step_id=step.key,
        by=owner,
    )


def _option(stage: Stage, group: Group, label: str) -> str:
    return ensure_option(group=group, label=label, by=stage.cast["admin"])
