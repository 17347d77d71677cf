"""Paths as their authors write them: their text, their steps, and what becomes of them."""

from __future__ import annotations

from datetime import datetime

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api import etags
from core.api.idempotency import made_id, once
from core.api.schemas import Cursor, IfMatch, Listing, Output
from lms.api.path_schemas import NewStep, PathDraft, PathEdit, StepChange, StepPlace, path_created
from lms.enums import CourseMove, CourseStatus, StepKind
from lms.pages.path_builder import MAX_QUERY, listing
from lms.rules.paths import Target
from lms.services import paths

router = Router(tags=["Authoring: paths"], auth=Bearer(Area.LEARNING))
_STEPS = "/{path_id}/draft/steps"
_STEP = f"{_STEPS}/{{step_id}}"


class AuthoredPathsQuery(BaseModel):
    q: str = Field("", max_length=MAX_QUERY, description="Words of the title.")
    cursor: Cursor = ""


class AuthoredPath(Output):
    path_id: str
    title: str
    status: CourseStatus
    steps: int
    suite: str
    owner: str
    updated_at: datetime


class AuthoredPaths(Listing[AuthoredPath]):
    total: int


class PathProblem(Output):
    about: str = Field(description="The id of a step, or a field of the path.")
    problem: str


class PathChecklist(Output):
    ready: bool
    problems: list[PathProblem]


@router.get("/authored", response=AuthoredPaths, operation_id="listAuthoredPaths", summary="Paths that I may edit")
def paths_authored(request: Request, wanted: Query[AuthoredPathsQuery]) -> AuthoredPaths:
    require(request.user, Permission.COURSES_AUTHOR)
    found = listing(request.user, " ".join(wanted.q.split()), wanted.cursor or None)
    items = [AuthoredPath.model_validate(row) for row in found.rows]
    return AuthoredPaths(items=items, next_cursor=found.next_cursor, total=found.total)


@router.get("/{path_id}/draft", response=PathDraft, operation_id="getPathDraft", summary="A path for its authors")
def path_draft(request: Request, path_id: str) -> PathDraft:
    return PathDraft.now(request, path_id)


@router.patch("/{path_id}/draft", response=PathDraft, operation_id="editPath", summary="Change what it says")
def path_edit(request: Request, path_id: str, change: PathEdit, if_match: IfMatch) -> PathDraft:
    """Changing its steps meanwhile makes nothing stale."""
    seen, before = etags.seen(if_match), paths.authored(path_id, request.user)
    with etags.matching():
        made = paths.edit(path_id=path_id, fields=change.fields(before), seen_rev=seen, by=request.user)
    return PathDraft.of(request, made)


@router.get("/{path_id}/validate", response=PathChecklist, operation_id="validatePath", summary="Can it be published?")
def path_validate(request: Request, path_id: str) -> PathChecklist:
    path = paths.readable(path_id, request.user)
    paths.check_sees_draft(path, request.user)
    problems = paths.problems_of(path)
    told = [PathProblem(about=about, problem=text) for about, text in problems.items()]
    return PathChecklist(ready=not problems, problems=told)


@router.post("/{path_id}/publish", response=PathDraft, operation_id="publishPath", summary="Give it to learners")
def path_publish(request: Request, path_id: str) -> PathDraft:
    return _moved(request, path_id, CourseMove.PUBLISH)


@router.post("/{path_id}/unpublish", response=PathDraft, operation_id="unpublishPath", summary="Out of the catalogue")
def path_unpublish(request: Request, path_id: str) -> PathDraft:
    return _moved(request, path_id, CourseMove.UNPUBLISH)


@router.post("/{path_id}/archive", response=PathDraft, operation_id="archivePath", summary="Put it away")
def path_archive(request: Request, path_id: str) -> PathDraft:
    return _moved(request, path_id, CourseMove.ARCHIVE)


@router.post("/{path_id}/bring-back", response=PathDraft, operation_id="bringBackPath", summary="From the archive")
def path_bring_back(request: Request, path_id: str) -> PathDraft:
    return _moved(request, path_id, CourseMove.BRING_BACK)


@router.post(_STEPS, response={201: PathDraft}, operation_id="addStep", summary="Add a step at the end")
@once(lambda request, _step_id: _step_made(request))
def path_step_add(request: Request, path_id: str, new: NewStep) -> Status[PathDraft]:
    paths.authored(path_id, request.user)
    new.check(request.user)
    is_choice = len(new.targets) > 1
    paths.add_step(
        path_id=path_id,
        kind=StepKind.CHOICE if is_choice else new.targets[0].kind,
        targets=[Target(one.kind, one.target_id) for one in new.targets],
        title=new.title if is_choice else "",
        need=new.need if is_choice else 1,
        required=new.required,
        step_id=made_id(request),
        by=request.user,
    )
    return _step_made(request)


@router.patch(_STEP, response=PathDraft, operation_id="changeStep", summary="Required or not, waived or not")
def path_step_change(request: Request, path_id: str, step_id: str, change: StepChange) -> PathDraft:
    if change.required is not None:
        paths.change_step(path_id=path_id, step_id=step_id, required=change.required, by=request.user)
    if change.waived is not None:
        paths.waive_step(path_id=path_id, step_id=step_id, waived=change.waived, by=request.user)
    return PathDraft.now(request, path_id)


@router.post(f"{_STEP}/move", response=PathDraft, operation_id="moveStep", summary="Put it in another place")
def path_step_move(request: Request, path_id: str, step_id: str, place: StepPlace) -> PathDraft:
    made = paths.place_step(path_id=path_id, step_id=step_id, before=place.before, by=request.user)
    return PathDraft.of(request, made)


@router.delete(_STEP, response=PathDraft, operation_id="removeStep", summary="Remove a step")
def path_step_remove(request: Request, path_id: str, step_id: str) -> PathDraft:
    """Doing it twice changes nothing."""
    return PathDraft.of(request, paths.remove_step(path_id=path_id, step_id=step_id, by=request.user))


def _step_made(request: Request) -> Status[PathDraft]:
    assert request.resolver_match
    return path_created(request, request.resolver_match.kwargs["path_id"])


def _moved(request: Request, path_id: str, move: CourseMove) -> PathDraft:
    return PathDraft.of(request, paths.move(path_id=path_id, move=move, by=request.user))
