"""What is written down of the demo company's learning: courses as folders, the rest in `school.yaml`, turned into values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
COURSES = FOLDER / "courses"
DRAWN = "drawn.yaml"


@dataclass(frozen=True)
class Change:
    """What its author has added to a lesson since the course was published."""

    lesson: str
    days_ago: int
    append: str


@dataclass(frozen=True)
class Plan:
    """A course to be: its folder, whose it is, and how many days ago it was published."""

    slug: str
    owner: str
    age: int
    publish: bool = True
    change: Change | None = None

    @property
    def folder(self) -> Path:
        return COURSES / self.slug


@dataclass(frozen=True)
class PathStep:
    """One of `course`, `item` and `choice`, the last a list of courses; `key` names the step."""

    key: str
    course: str = ""
    item: str = ""
    choice: tuple[str, ...] = ()
    title: str = ""
    need: int = 1
    required: bool = True


@dataclass(frozen=True)
class PathPlan:
    slug: str
    title: str
    description: str
    owner: str
    age: int
    concept: str
    tags: tuple[str, ...]
    steps: tuple[PathStep, ...]
    sequential: bool = True

    @property
    def path_id(self) -> str:
        return f"demo-path-{self.slug}"


@dataclass(frozen=True)
class Waived:
    days_ago: int
    reason: str


@dataclass(frozen=True)
class Errand:
    """Somebody asks others to take a course or a path. `to` are people, or `role` everybody who has it."""

    by: str
    days_ago: int
    course: str = ""
    path: str = ""
    to: tuple[str, ...] = ()
    role: str = ""
    due: str = ""
    due_in: int | None = None
    note: str = ""
    waived: Waived | None = None


@dataclass(frozen=True)
class Study:
    """What somebody has done with a course between two days, or, with `read`, the item of a path's step that was opened."""

    person: str
    days: tuple[int, int]
    course: str = ""
    path: str = ""
    read: str = ""
    stops_at: str = ""
    skip: tuple[str, ...] = ()
    wrong: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class School:
    courses: tuple[Plan, ...]
    paths: tuple[PathPlan, ...]
    errands: tuple[Errand, ...]
    studies: tuple[Study, ...]


@cache
def school() -> School:
    data = yaml.safe_load((FOLDER / "school.yaml").read_text(encoding="utf-8"))
    return School(
        courses=tuple(_plan(one) for one in data["courses"]),
        paths=tuple(_path(one) for one in data["paths"]),
        errands=tuple(_errand(one) for one in data["assignments"]),
        studies=tuple(Study(**_with_tuples(one, "days", "skip")) for one in data["learning"]),
    )


def _plan(values: dict[str, Any]) -> Plan:
    change = values.get("change")
    return Plan(**values | {"change": Change(**change) if change else None})


def _path(values: dict[str, Any]) -> PathPlan:
    steps = tuple(PathStep(**_with_tuples(one, "choice")) for one in values["steps"])
    return PathPlan(**values | {"steps": steps, "tags": tuple(values["tags"])})


def _errand(values: dict[str, Any]) -> Errand:
    waived = values.get("waived")
    return Errand(**_with_tuples(values, "to") | {"waived": Waived(**waived) if waived else None})


def _with_tuples(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return values | {name: tuple(values[name]) for name in names if name in values}
