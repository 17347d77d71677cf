"""A path as its learners see it. Going through the path keeps to its order; a course that is open in the catalogue
stays open there."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from core.errors import NotFound
from core.pages import go, page
from lms.enums import StepKind, StepState
from lms.pages.path import path_page
from lms.rules.paths import Placed
from lms.services import paths


@require_safe
def path(request: Request, path_id: str) -> HttpResponse:
    taking = paths.settle(paths.load(request.user, path_id))
    return page(request, "lms/paths/path.html", {"page": path_page(taking), "path": taking.path})


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, path_id: str, number: int) -> HttpResponse:
    """POST goes there, and counts; a plain link only leads to it. A locked one names the step that is missing."""
    taking = paths.load(request.user, path_id)
    placed = taking.placed(number)
    if placed.state is StepState.LOCKED:
        return _locked(request, taking, placed)
    if request.method == "POST":
        return _enter(request, placed, path_id)
    if placed.step.kind is StepKind.COURSE:
        return go(request, "lms:course", placed.step.targets[0].target_id)
    return go(request, f"{reverse('lms:path', args=[path_id])}#step-{number}")


def _locked(request: Request, taking: paths.Taking, placed: Placed) -> HttpResponse:
    model = path_page(taking)
    missing = next(line for line in model.lines if taking.steps[line.number - 1] is placed.blocked_by)
    context = {"page": model, "path": taking.path, "line": model.lines[placed.number - 1], "missing": missing}
    return page(request, "lms/paths/locked.html", context, status=403)


def _enter(request: Request, placed: Placed, path_id: str) -> HttpResponse:
    target_id = request.POST.get("target") or placed.step.targets[0].target_id
    target = next((one for one in placed.step.targets if one.target_id == target_id), None)
    if target is None:
        raise NotFound()
    if target.kind is StepKind.ITEM:
        paths.read_item(path_id=path_id, number=placed.number, content_id=target_id, by=request.user)
        return go(request, "content:item", target_id)
    paths.begin(path_id=path_id, by=request.user)
    return go(request, "lms:course", target_id)
