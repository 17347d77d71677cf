"""The page of a path: its steps as this person finds them, computed before any template runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms import permissions
from lms.enums import CourseStatus, StepKind, StepState
from lms.pages.cards import live_facts
from lms.rules.paths import Placed, Standing, Step, Target
from lms.services.paths import Taking
from lms.words import minutes_label
from metadata.store import by_id

S = StepState
STATES: Mapping[StepState, tuple[str | Promise, str]] = {
    # label, icon
    S.LOCKED: (_("Locked"), "lock"),
    S.AVAILABLE: (_("Open"), "circle"),
    S.IN_PROGRESS: (_("In progress"), "circle-dot"),
    S.DONE: (_("Done"), "circle-check"),
    S.WAIVED: (_("Not needed"), "circle-minus"),
}
KINDS: Mapping[StepKind, tuple[str | Promise, str]] = {
    StepKind.COURSE: (_("Course"), "graduation-cap"),
    StepKind.ITEM: (_("Must read"), "file-text"),
    StepKind.CHOICE: (_("Choice"), "list-checks"),
}


@dataclass(frozen=True)
class Way:
    """To one target of a step. `url` is empty where she cannot go there now; `title` never names what is hidden."""

    target_id: str
    title: str
    kind: str
    icon: str
    facts: str
    done: bool
    percent: int
    is_open: bool
    button: str


@dataclass(frozen=True)
class StepLine:
    number: int
    title: str
    kind: str
    icon: str
    state: StepState
    state_label: str | Promise
    state_icon: str
    required: bool
    url: str
    ways: Sequence[Way]
    said: str
    is_next: bool

    @property
    def single(self) -> Way | None:
        return self.ways[0] if len(self.ways) == 1 else None


@dataclass(frozen=True)
class PathPage:
    title: str
    description: str
    suite: str
    duration: str
    sequential: bool
    withdrawn: bool
    lines: Sequence[StepLine]
    percent: int
    done: int
    required: int
    finished: bool
    go_on: str
    next: StepLine | None
    missing: Sequence[str]
    manage_url: str


def path_page(taking: Taking) -> PathPage:
    path, progress = taking.path, taking.progress
    after = progress.next
    lines = [_line(taking, placed, is_next=placed is after) for placed in progress.placed]
    suite = by_id().get(path.product_suite or "")
    may_edit = permissions.can_author(taking.person, path)
    return PathPage(
        title=path.title,
        description=path.description,
        suite=suite.label if suite else "",
        duration=minutes_label(int(path.estimated_duration_minutes)),
        sequential=bool(path.sequential),
        withdrawn=path.status != CourseStatus.PUBLISHED,
        lines=lines,
        percent=taking.percent,
        done=progress.rollup.done,
        required=progress.rollup.required,
        finished=taking.finished,
        go_on=gettext("Continue") if taking.row else gettext("Start the path"),
        next=next((line for line in lines if line.is_next), None),
        missing=[lines[one.number - 1].title for one in progress.missing],
        manage_url=reverse("lms:manage-path", args=[path.path_id]) if may_edit else "",
    )


def _line(taking: Taking, placed: Placed, *, is_next: bool) -> StepLine:
    step, (kind, icon) = placed.step, KINDS[placed.step.kind]
    label, state_icon = STATES[placed.state]
    ways = [_way(taking, target, locked=placed.state is S.LOCKED) for target in step.targets]
    return StepLine(
        number=placed.number,
        title=title_of(taking, step),
        kind=str(kind),
        icon=icon,
        state=placed.state,
        state_label=label,
        state_icon=state_icon,
        required=step.required,
        url=reverse("lms:path-step", args=[taking.path.path_id, placed.number]),
        ways=ways,
        said=_said(taking, placed),
        is_next=is_next,
    )


def title_of(taking: Taking, step: Step) -> str:
    return step.title if step.kind is StepKind.CHOICE else _title(taking, step.targets[0])


def _title(taking: Taking, target: Target) -> str:
    """Only what she may see has a name here."""
    if target.kind is StepKind.ITEM:
        item = taking.items.get(target.target_id)
        return item.title if item else gettext("An item that is not available now")
    course = taking.courses.get(target.target_id)
    begun = target.target_id in taking.summaries
    if course and course.version and (course.status == CourseStatus.PUBLISHED or begun):
        return str(live_facts(course)["title"])
    return gettext("A course that is not available now")


def _way(taking: Taking, target: Target, *, locked: bool) -> Way:
    standing = taking.standings.get(target.target_id)
    kind, icon = KINDS[target.kind]
    course = taking.courses.get(target.target_id)
    facts = minutes_label(int(live_facts(course)["minutes"])) if course and not (standing and standing.gone) else ""
    return Way(
        target_id=target.target_id,
        title=_title(taking, target),
        kind=str(kind),
        icon=icon,
        facts=facts,
        done=bool(standing and standing.done),
        percent=standing.percent if standing else 0,
        is_open=not locked and not (standing and standing.gone),
        button=_button(target, standing),
    )


def _said(taking: Taking, placed: Placed) -> str:
    """What else there is to know of it, in a sentence."""
    step = placed.step
    if placed.state is S.WAIVED:
        return gettext("You need not do this any more.")
    if placed.out_of_reach:
        return gettext("This is not available at the moment. The owner of the path can let everybody off it.")
    if placed.blocked_by:
        return gettext("Opens when “%s” is done.") % title_of(taking, placed.blocked_by)
    if step.kind is StepKind.CHOICE:
        told = {"done": placed.done_count, "need": step.need, "all": len(step.targets)}
        return gettext("Do %(need)d of these %(all)d. Done so far: %(done)d.") % told
    return ""


def _button(target: Target, standing: Standing | None) -> str:
    done = bool(standing and standing.done)
    if target.kind is StepKind.ITEM:
        return gettext("Read again") if done else gettext("Read")
    if done:
        return gettext("Look again")
    return gettext("Continue") if standing and standing.begun else gettext("Start")
