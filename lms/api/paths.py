"""Learning paths as their learners find and take them."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext
from ninja import Query, Router, Status
from pydantic import Field

from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.idempotency import made_id, once
from core.api.schemas import Input, Listing, Output
from core.errors import NotFound, Refused
from lms.api.path_schemas import NewPath, PathDraft, path_created
from lms.enums import StepKind, StepState
from lms.pages.path import PathPage, StepLine, Way, path_page
from lms.pages.path_catalogue import PATHS, path_listing
from lms.rules.paths import Placed, Target
from lms.services import paths
from metadata.api.faceted import NONE, Facet, FacetedQuery, Values

router = Router(tags=["Paths"], auth=Bearer(Area.LEARNING))


class PathQuery(FacetedQuery):
    """The filters of the catalogue of paths, under the same names."""

    suite: Values = NONE
    product: Values = NONE
    concept: Values = NONE
    tag: Values = NONE
    sort: Literal["", "newest", "title", "relevance"] = ""


class PathRow(Output):
    path_id: str
    title: str
    summary: str
    suite: str
    facts: str = Field(examples=["3 steps · 1 h 20 min"])
    steps: int
    percent: int
    begun: bool
    completed: bool


class PathList(Listing[PathRow]):
    total: int
    facets: list[Facet]


class StepTarget(Output):
    """A course or an item that a step leads to. What is hidden from you has no name here."""

    kind: StepKind
    target_id: str
    title: str
    percent: int
    done: bool
    is_open: bool

    @classmethod
    def of(cls, way: Way, target: Target) -> StepTarget:
        plain = ("target_id", "title", "percent", "done", "is_open")
        return cls(kind=target.kind, **{name: getattr(way, name) for name in plain})


class PathStep(Output):
    number: int = Field(description="Its place, counted from 1; part of its address.")
    kind: StepKind
    title: str
    state: StepState
    required: bool
    need: int = Field(description="How many of its targets are to be done.")
    said: str = Field(description="What else there is to know of it, in words.")
    targets: list[StepTarget]

    @classmethod
    def of(cls, line: StepLine, placed: Placed) -> PathStep:
        step = placed.step
        return cls(
            number=line.number,
            kind=step.kind,
            title=line.title,
            state=line.state,
            required=line.required,
            need=step.need,
            said=line.said,
            targets=[StepTarget.of(way, target) for way, target in zip(line.ways, step.targets, strict=True)],
        )


class Path(Output):
    path_id: str
    title: str
    description: str
    suite: str
    sequential: bool
    withdrawn: bool = Field(description="Out of the catalogue; who had begun may go on.")
    percent: int
    done: int = Field(description="Of the required steps.")
    required: int
    finished: bool
    begun: bool
    next_step: int | None
    missing: list[str] = Field(description="The titles of the required steps that are still to be done.")
    steps: list[PathStep]

    @classmethod
    def of(cls, taking: paths.Taking) -> Path:
        page: PathPage = path_page(taking)
        plain = ("title", "description", "suite", "sequential", "withdrawn", "percent", "done", "required", "finished")
        return cls(
            path_id=taking.path.path_id,
            begun=taking.row is not None,
            next_step=page.next.number if page.next else None,
            missing=list(page.missing),
            steps=[PathStep.of(*both) for both in zip(page.lines, taking.progress.placed, strict=True)],
            **{name: getattr(page, name) for name in plain},
        )


class Entering(Input):
    target_id: str = Field("", max_length=200, description="Of a choice: which of its courses or items.")


@router.get("", response=PathList, operation_id="listPaths", summary="The catalogue of paths, filtered")
def paths_found(request: Request, wanted: Query[PathQuery]) -> PathList:
    found = path_listing(request.user, wanted.filters(PATHS, request.user.user_id), wanted.cursor or None)
    return PathList(
        items=[PathRow.model_validate(row) for row in found.rows],
        next_cursor=found.next_cursor,
        total=found.total,
        facets=[Facet.model_validate(facet) for facet in found.facets],
    )


@router.post("", response={201: PathDraft}, operation_id="createPath", summary="Begin a draft of your own")
@once(lambda request, path_id: path_created(request, path_id))
def path_create(request: Request, new: NewPath) -> Status[PathDraft]:
    require(request.user, Permission.COURSES_AUTHOR)
    made = paths.create(fields=new.fields(), path_id=made_id(request), by=request.user)
    return path_created(request, str(made.path_id))


@router.get("/{path_id}", response=Path, operation_id="getPath", summary="A path, and how far you are")
def path(request: Request, path_id: str) -> Path:
    return Path.of(paths.settle(paths.load(request.user, path_id)))


@router.post(
    "/{path_id}/steps/{number}/enter", response=Path, operation_id="enterStep", summary="Go to a step; begins the path"
)
def path_step_enter(request: Request, path_id: str, number: int, body: Entering) -> Path:
    """A must-read item is done by it; a course is then taken at its own address. A locked step is refused."""
    placed = paths.load(request.user, path_id).placed(number)
    if placed.state is StepState.LOCKED:
        raise Refused(gettext("This step opens when the one that it waits for is done."))
    wanted = body.target_id or placed.step.targets[0].target_id
    target = next((one for one in placed.step.targets if one.target_id == wanted), None)
    if target is None:
        raise NotFound()
    if target.kind is StepKind.ITEM:
        return Path.of(paths.read_item(path_id=path_id, number=number, content_id=wanted, by=request.user))
    return Path.of(paths.begin(path_id=path_id, by=request.user))
