"""Paths as their authors see them: the list, the steps with what can be done to each, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from accounts.store import names_of
from content.access import items_for_reading
from core import clock
from core.index import index
from core.index.documents import Order, Query
from core.offers import offered_on
from core.pages import Action
from core.paging import seal, unseal
from lms import permissions, store
from lms.documents.paths import PATH
from lms.enums import CourseMove, CourseStatus, StepKind
from lms.models import Path
from lms.pages.authoring import clauses_for
from lms.pages.path import KINDS
from lms.rules.path_lifecycle import moves_from
from lms.rules.paths import Step, target_ids
from lms.services import paths
from lms.store.paths import paths_by_ids
from lms.words import minutes_label
from metadata.store import by_id

MAX_QUERY = 200
_ICONS = {
    CourseMove.PUBLISH: ("send", "primary"),
    CourseMove.UNPUBLISH: ("eye-off", "secondary"),
    CourseMove.ARCHIVE: ("archive", "danger quiet"),
    CourseMove.BRING_BACK: ("undo-2", "secondary"),
}


@dataclass(frozen=True)
class Row:
    path_id: str
    url: str
    title: str
    steps: int
    suite: str
    hue: str
    status: str
    owner: str
    updated_at: datetime


@dataclass(frozen=True)
class Listing:
    rows: Sequence[Row]
    total: int
    text: str
    next_cursor: str | None


def listing(person: Person, text: str, cursor: str | None) -> Listing:
    """Those she may edit; one BatchGet, and one of their owners' names."""
    scope = f"manage-paths:{person.user_id}"
    query = Query(
        allowed=clauses_for(person),
        now=clock.now(),
        text=text[:MAX_QUERY],
        kinds=frozenset({PATH}),
        order=Order.NEWEST,
        after=unseal(scope, cursor),
    )
    results = index().search(query)
    found = [one for one in paths_by_ids([hit.doc_id for hit in results.hits]) if permissions.can_author(person, one)]
    names = names_of(path.owner_user_id for path in found)
    return Listing([_row(path, names) for path in found], results.total, text, seal(scope, results.position))


def _row(path: Path, names: Mapping[str, str]) -> Row:
    suite = by_id().get(path.product_suite or "")
    return Row(
        path_id=path.path_id,
        url=reverse("lms:manage-path", args=[path.path_id]),
        title=path.title,
        steps=len(path.steps or ()),
        suite=suite.label if suite else "",
        hue=(suite.color if suite else None) or "slate",
        status=path.status,
        owner=names.get(path.owner_user_id) or gettext("Former colleague"),
        updated_at=path.updated_at,
    )


@dataclass(frozen=True)
class StepRow:
    """`up` and `down` say whether it can go there. `problem` is why learners could not do it now."""

    step: Step
    number: int
    title: str
    kind: str
    icon: str
    parts: Sequence[str]
    problem: str
    waived: bool
    up: bool
    down: bool


@dataclass(frozen=True)
class Builder:
    rows: Sequence[StepRow]
    problems: Mapping[str, str]
    editable: bool
    actions: Sequence[Action]
    owner: str
    duration: str


def builder_of(person: Person, path: Path) -> Builder:
    steps = paths.steps_of(path)
    problems = paths.problems_of(path)
    titles = _titles(person, steps)
    rows = [_step_row(path, step, number, len(steps), titles, problems) for number, step in enumerate(steps, start=1)]
    about_steps = {step.step_id for step in steps}
    return Builder(
        rows=rows,
        problems={name: text for name, text in problems.items() if name not in about_steps},
        editable=path.status != CourseStatus.ARCHIVED,
        actions=[*_actions(person, path, problems), *offered_on("path", path.path_id)],
        owner=names_of([path.owner_user_id]).get(path.owner_user_id) or gettext("Former colleague"),
        duration=minutes_label(int(path.estimated_duration_minutes)),
    )


def _titles(person: Person, steps: Sequence[Step]) -> dict[str, str]:
    courses = store.courses_by_ids(target_ids(steps, StepKind.COURSE))
    items = items_for_reading(person, target_ids(steps, StepKind.ITEM))
    known = {course.course_id: course.title for course in courses if permissions.can_read(person, course)}
    return known | {item.content_id: item.title for item in items}


def _step_row(
    path: Path, step: Step, number: int, count: int, titles: Mapping[str, str], problems: Mapping[str, str]
) -> StepRow:
    kind, icon = KINDS[step.kind]
    names = [titles.get(target.target_id) or gettext("Not available to you") for target in step.targets]
    return StepRow(
        step=step,
        number=number,
        title=step.title if step.kind is StepKind.CHOICE else names[0],
        kind=str(kind),
        icon=icon,
        parts=names if step.kind is StepKind.CHOICE else (),
        problem=problems.get(step.step_id, ""),
        waived=step.step_id in path.waived_steps,
        up=number > 1,
        down=number < count,
    )


def _actions(person: Person, path: Path, problems: Mapping[str, str]) -> list[Action]:
    """Publishing has its checklist beside it; the rest say on their own page what they mean."""
    if not paths.may_move(person):
        return []
    offered = []
    for move, found in moves_from(CourseStatus(path.status)):
        icon, style = _ICONS[move]
        refused = (
            gettext("Something is still missing; see the list.") if move is CourseMove.PUBLISH and problems else None
        )
        url = reverse("lms:path-move", args=[path.path_id, move.value])
        offered.append(Action(gettext(found.label), url, icon, style, refused))
    return offered
