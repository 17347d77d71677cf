"""Paths for tests, made through the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.person import Person
from content.models import ContentItem
from content.tests.factories import suite
from core.testing import CARL, RITA
from lms.enums import CourseMove, StepKind
from lms.models import Course, Path
from lms.rules.paths import Target
from lms.services import paths
from lms.store.paths import path_by_id

Thing = Course | ContentItem


def fields(title: str = "Your first month", **changes: Any) -> paths.Fields:
    given = {"description": "All you need to begin.", "product_suite": suite()} | changes
    return paths.Fields(title=title, **given)


def target(thing: Thing) -> Target:
    if isinstance(thing, Course):
        return Target(StepKind.COURSE, thing.course_id)
    return Target(StepKind.ITEM, thing.content_id)


def make_path_draft(*things: Thing, owner: Person = CARL, **changes: Any) -> Path:
    path_id = paths.create(fields=fields(**changes), by=owner).path_id
    for thing in things:
        add(path_id, thing, by=owner)
    return path_by_id(path_id, fresh=True)


def make_path(*things: Thing, owner: Person = CARL, approver: Person = RITA, **changes: Any) -> Path:
    """Published."""
    draft = make_path_draft(*things, owner=owner, **changes)
    return paths.move(path_id=draft.path_id, move=CourseMove.PUBLISH, by=approver)


def add(path_id: str, thing: Thing, *, by: Person = RITA, **changes: Any) -> Path:
    one = target(thing)
    return paths.add_step(path_id=path_id, kind=one.kind, targets=[one], by=by, **changes)


def add_choice(path_id: str, things: Sequence[Thing], need: int = 1, *, by: Person = RITA, **changes: Any) -> Path:
    return paths.add_step(
        path_id=path_id,
        kind=StepKind.CHOICE,
        targets=[target(one) for one in things],
        title="Pick some",
        need=need,
        by=by,
        **changes,
    )
