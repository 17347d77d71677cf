"""Learning paths: their steps, what somebody may do next, and what stands in the way.

A path is an ordered list of steps: a course, an item of the library that must be read, or a choice of some of several.
What counts is what each target's own rule says is done. A step that is out of reach, because what it leads to was
withdrawn, holds nobody up once the path's owner has let everybody off it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from lms.enums import StepKind, StepState
from lms.rules.progress import Rollup, rollup

MOST_STEPS, MOST_OPTIONS = 50, 20
MET = frozenset({StepState.DONE, StepState.WAIVED})


@dataclass(frozen=True)
class Target:
    """What a step leads to: `kind` is COURSE or ITEM, never CHOICE."""

    kind: StepKind
    target_id: str


@dataclass(frozen=True)
class Step:
    """A course or an item has one target. Of a choice `need` of its targets must be done; `title` says what it is about."""

    step_id: str
    kind: StepKind
    targets: tuple[Target, ...]
    title: str = ""
    need: int = 1
    required: bool = True

    def to_data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Step:
        targets = tuple(Target(StepKind(one["kind"]), one["target_id"]) for one in data["targets"])
        return cls(**dict(data) | {"kind": StepKind(data["kind"]), "targets": targets})


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a target. `gone`: she could not begin it now."""

    done: bool = False
    begun: bool = False
    gone: bool = False
    percent: int = 0


NOT_BEGUN = Standing()


@dataclass(frozen=True)
class Placed:
    """A step with its place, counted from 1, and its state. `blocked_by` is the step that a locked one waits for."""

    number: int
    step: Step
    state: StepState
    done_count: int = 0
    blocked_by: Step | None = None
    out_of_reach: bool = False


@dataclass(frozen=True)
class Progress:
    placed: tuple[Placed, ...]
    rollup: Rollup = field(default_factory=lambda: Rollup(0, 0))

    @property
    def next(self) -> Placed | None:
        """Where to go on: what is begun, else the first that is open; the required ones before the others."""
        open_ones = [one for one in self.placed if one.state in (StepState.IN_PROGRESS, StepState.AVAILABLE)]
        reachable = [one for one in open_ones if not one.out_of_reach]
        return min(reachable, key=_urgency, default=None)

    @property
    def missing(self) -> list[Placed]:
        return [one for one in self.placed if one.step.required and one.state not in MET]


def progress(
    steps: Sequence[Step], standings: Mapping[str, Standing], *, waived: frozenset[str], sequential: bool
) -> Progress:
    """`standings` are by target id, `waived` the ids of steps that she was let off."""
    placed: list[Placed] = []
    waits_for: Step | None = None
    for number, step in enumerate(steps, start=1):
        known = [standings.get(target.target_id, NOT_BEGUN) for target in step.targets]
        state = _state(step, known, is_waived=step.step_id in waived)
        blocked_by = waits_for if sequential and state not in MET else None
        placed.append(
            Placed(
                number,
                step,
                StepState.LOCKED if blocked_by else state,
                sum(one.done for one in known),
                blocked_by,
                out_of_reach=state not in MET and is_out_of_reach(step, known),
            )
        )
        if step.required and state not in MET and waits_for is None:
            waits_for = step
    required = [step.step_id for step in steps if step.required]
    return Progress(tuple(placed), rollup(required, [one.step.step_id for one in placed if one.state in MET]))


def _state(step: Step, known: Sequence[Standing], *, is_waived: bool) -> StepState:
    if sum(one.done for one in known) >= step.need:
        return StepState.DONE
    if is_waived:
        return StepState.WAIVED
    return StepState.IN_PROGRESS if any(one.begun or one.done for one in known) else StepState.AVAILABLE


def is_out_of_reach(step: Step, known: Sequence[Standing]) -> bool:
    """Too few of its targets are left to be done."""
    return sum(one.done or not one.gone for one in known) < step.need


def _urgency(one: Placed) -> tuple[bool, bool, int]:
    return (not one.step.required, one.state is not StepState.IN_PROGRESS, one.number)


def target_ids(steps: Sequence[Step], kind: StepKind) -> list[str]:
    """Of one kind, each once, in the order of the path."""
    return list(dict.fromkeys(target.target_id for step in steps for target in step.targets if target.kind is kind))


def problems(steps: Sequence[Step]) -> Iterator[str]:
    """What is wrong with the list itself, in sentences for its author."""
    if len(steps) > MOST_STEPS:
        yield f"A path holds at most {MOST_STEPS} steps."
    seen: set[str] = set()
    for step in steps:
        for target in step.targets:
            if target.target_id in seen:
                yield "The same course or item stands in this path twice."
            seen.add(target.target_id)
        if step.kind is StepKind.CHOICE:
            yield from _problems_of_choice(step)


def _problems_of_choice(step: Step) -> Iterator[str]:
    if not step.title.strip():
        yield "A choice needs a title that says what it is about."
    if len(step.targets) > MOST_OPTIONS:
        yield f"A choice holds at most {MOST_OPTIONS} courses and items."
    if not 1 <= step.need <= len(step.targets):
        yield f"“{step.title}” asks for {step.need} of {len(step.targets)}."


def circle(steps: Sequence[Step], prerequisites: Mapping[str, Sequence[str]], *, sequential: bool) -> list[str]:
    """Courses that wait for each other, by prerequisites and by their order in the path; empty when none do.

    A path in which a course stands before its own prerequisite could not be finished in order.
    """
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for course_id, before in prerequisites.items():
        sorter.add(course_id, *before)
    if sequential:
        courses = [step.targets[0].target_id for step in steps if step.kind is StepKind.COURSE and step.required]
        for earlier, later in pairwise(courses):
            sorter.add(later, earlier)
    try:
        sorter.prepare()
    except CycleError as error:
        return list(dict.fromkeys(error.args[1]))
    return []


def moved(steps: Sequence[Step], step_id: str, before: str | None) -> list[Step]:
    """The step stands before another, or at the end. What is not there, or stays, changes nothing."""
    found = next((step for step in steps if step.step_id == step_id), None)
    if found is None or step_id == before:
        return list(steps)
    rest = [step for step in steps if step is not found]
    place = next((place for place, step in enumerate(rest) if step.step_id == before), len(rest))
    return [*rest[:place], found, *rest[place:]]


def shifted(steps: Sequence[Step], step_id: str, places: int) -> list[Step]:
    """So many places down, or up when it is negative."""
    at = next((place for place, step in enumerate(steps) if step.step_id == step_id), None)
    if at is None:
        return list(steps)
    rest = [step for step in steps if step.step_id != step_id]
    to = min(max(at + places, 0), len(rest))
    return [*rest[:to], steps[at], *rest[to:]]


def with_required(steps: Sequence[Step], step_id: str, required: bool) -> list[Step]:
    return [replace(step, required=required) if step.step_id == step_id else step for step in steps]
