"""Paths as their authors see them: the list, making one, its text, its steps and what becomes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.permissions import Permission, require
from content.picking import ItemSource
from core.errors import Invalid, NotFound, Stale
from core.pages import go, page
from core.picker import Source
from core.saving import saving, status_for
from lms.enums import CourseMove, CourseStatus, StepKind
from lms.forms.paths import PathForm, StepForm
from lms.models import Path
from lms.pages.path_builder import MAX_QUERY, builder_of, listing
from lms.pages.picking import CourseSource
from lms.rules.path_lifecycle import transition
from lms.rules.paths import Target
from lms.services import paths
from lms.store.paths import path_by_id
from lms.views.authoring import reserved_id, ticket_for

_TICKET, _STEP_TICKET = "new-path", "new-step"


@require_safe
def manage(request: Request) -> HttpResponse:
    require(request.user, Permission.COURSES_AUTHOR)
    text = " ".join(request.GET.get("q", "").split())[:MAX_QUERY]
    found = listing(request.user, text, request.GET.get("cursor"))
    return page(request, "lms/paths/manage.html", {"listing": found}, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The form carries the id that its path will have, so sending it twice makes one path."""
    require(request.user, Permission.COURSES_AUTHOR)
    form = PathForm(request.POST or None, initial={"sequential": True})
    if form.is_valid():
        path_id = reserved_id(request.POST.get("ticket", ""), _TICKET)
        with saving(form):
            _create_once(path_id, form, request)
        if not form.errors:
            messages.success(request, gettext("Draft created"))
            return go(request, "lms:manage-path", path_id)
    context = {"form": form, "ticket": request.POST.get("ticket") or ticket_for(_TICKET)}
    return page(request, "lms/paths/new.html", context, status=status_for(form))


def _create_once(path_id: str, form: PathForm, request: Request) -> None:
    try:
        paths.create(fields=form.to_fields(), path_id=path_id, by=request.user)
    except Stale:
        made = path_by_id(path_id, fresh=True)
        if made.owner_user_id == request.user.user_id and made.title == form.to_fields().title:
            return  # the same form, sent a second time
        raise Stale(gettext("A path was already made from this form. Open it in the list.")) from None


@require_safe
def manage_one(request: Request, path_id: str) -> HttpResponse:
    return _built(request, for_authors(request, path_id))


def for_authors(request: Request, path_id: str) -> Path:
    """Raises Refused where she may see the path and not edit it, NotFound where she may not see it."""
    require(request.user, Permission.COURSES_AUTHOR)
    path = paths.readable(path_id, request.user)
    paths.check_sees_draft(path, request.user)
    return path


def _built(request: Request, path: Path) -> HttpResponse:
    context = {"path": path, "builder": builder_of(request.user, path)}
    return page(request, "lms/paths/builder.html", context, fragment="steps")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, path_id: str) -> HttpResponse:
    for_authors(request, path_id)
    path = paths.authored(path_id, request.user)
    initial = {name: getattr(path, name) for name in paths.Fields.__dataclass_fields__} | {"seen_rev": path.text_rev}
    form = PathForm(request.POST or None, initial=initial)
    if form.is_valid():
        with saving(form):
            seen = form.cleaned_data["seen_rev"] or 0
            paths.edit(path_id=path_id, fields=form.to_fields(), seen_rev=seen, by=request.user)
        if not form.errors:
            messages.success(request, gettext("Saved"))
            return go(request, "lms:manage-path", path_id)
        if form.stale:
            path = path_by_id(path_id, fresh=True)
            form.compared_with(path.text_rev)
    context = {"form": form, "path": path, "stored": paths.fields_of(path)}
    return page(request, "lms/paths/edit.html", context, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
def add_step(request: Request, path_id: str) -> HttpResponse:
    path = for_authors(request, path_id)
    sources: dict[str, Source] = {"courses": CourseSource(request.user), "items": ItemSource(request.user)}
    form = StepForm(request.POST or None, sources=sources)
    if form.is_valid():
        with saving(form):
            _add(path_id, form, request)
        if not form.errors:
            messages.success(request, gettext("Step added"))
            return go(request, "lms:manage-path", path_id)
    ticket = request.POST.get("ticket") or ticket_for(_STEP_TICKET)
    context = {"form": form, "path": path, "ticket": ticket}
    return page(request, "lms/paths/step_new.html", context, status=status_for(form))


def _add(path_id: str, form: StepForm, request: Request) -> None:
    data = form.cleaned_data
    targets = [Target(StepKind.COURSE, one) for one in data["courses"]]
    targets += [Target(StepKind.ITEM, one) for one in data["items"]]
    if not targets:
        raise Invalid(gettext("Choose at least one course or item."))
    kind = targets[0].kind if len(targets) == 1 else StepKind.CHOICE
    if kind is StepKind.CHOICE and not data["title"]:
        raise Invalid(fields={"title": gettext("Give the choice a title.")})
    paths.add_step(
        path_id=path_id,
        kind=kind,
        targets=targets,
        title=data["title"] if kind is StepKind.CHOICE else "",
        need=(data["need"] or 1) if kind is StepKind.CHOICE else 1,
        required=data["required"],
        step_id=reserved_id(request.POST.get("ticket", ""), _STEP_TICKET),
        by=request.user,
    )


@require_POST
def change_step(request: Request, path_id: str, step_id: str, what: str) -> HttpResponse:
    """Up, down, required or not, waived for everybody or not, removed."""
    for_authors(request, path_id)
    by = request.user
    if what in ("up", "down"):
        path = paths.shift_step(path_id=path_id, step_id=step_id, places=1 if what == "down" else -1, by=by)
    elif what in ("required", "optional"):
        path = paths.change_step(path_id=path_id, step_id=step_id, required=what == "required", by=by)
    elif what in ("waive", "unwaive"):
        path = paths.waive_step(path_id=path_id, step_id=step_id, waived=what == "waive", by=by)
    elif what == "remove":
        path = paths.remove_step(path_id=path_id, step_id=step_id, by=by)
    else:
        raise NotFound()
    return _changed(request, path)


@require_POST
def place_step(request: Request, path_id: str) -> HttpResponse:
    """Where it was dropped: before the step `before`, or at the end."""
    for_authors(request, path_id)
    step_id, before = request.POST.get("option", ""), request.POST.get("before") or None
    return _changed(request, paths.place_step(path_id=path_id, step_id=step_id, before=before, by=request.user))


def _changed(request: Request, path: Path) -> HttpResponse:
    return _built(request, path) if request.htmx else go(request, "lms:manage-path", path.path_id)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, path_id: str, move: str) -> HttpResponse:
    """GET says what it means; POST does it."""
    path = for_authors(request, path_id)
    if move not in set(CourseMove):
        raise NotFound()
    require(request.user, Permission.COURSES_PUBLISH)
    found = transition(CourseMove(move), CourseStatus(path.status), ever_published=bool(path.published_at))
    if request.method == "POST":
        paths.move(path_id=path_id, move=CourseMove(move), by=request.user)
        messages.success(request, gettext(found.done))
        return go(request, "lms:manage-path", path_id)
    context = {"path": path, "move": move, "transition": found}
    return page(request, "lms/paths/move.html", context)
