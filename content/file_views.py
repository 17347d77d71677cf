"""Files between the browser and S3: planned, signed, checked and attached here; their bytes never come this way."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import fresh_session
from accounts.http import Request
from content.file_forms import DownloadForm, FinishForm, PartsForm, ReturnForm, StartForm, TicketForm
from content.file_panel import FilePanel
from content.models import ContentVersion
from content.services import files, uploads
from core.errors import NotFound
from core.pages import go
from core.saving import saving


@require_POST
def start(request: Request, content_id: str) -> JsonResponse:
    form = StartForm(request.POST).checked()
    plan = uploads.start_upload(content_id=content_id, by=request.user, **form.cleaned_data)
    return JsonResponse(asdict(plan), status=201)


@require_POST
def parts(request: Request, content_id: str) -> JsonResponse:
    form = PartsForm(request.POST)
    form.checked()
    urls = uploads.sign_parts(
        content_id=content_id, token=form.cleaned_data["token"], numbers=form.wanted, by=request.user
    )
    return JsonResponse({"urls": urls})


@require_POST
def finish(request: Request, content_id: str) -> HttpResponse:
    form = FinishForm(request.POST).checked()
    version = uploads.finish(content_id=content_id, by=request.user, **form.cleaned_data)
    return _rows(request, version)


@require_POST
def abort(request: Request, content_id: str) -> JsonResponse:
    form = TicketForm(request.POST).checked()
    uploads.abort(content_id=content_id, by=request.user, **form.cleaned_data)
    return JsonResponse({})


@require_POST
def remove(request: Request, content_id: str, file_id: str) -> HttpResponse:
    version = files.detach(content_id=content_id, file_id=file_id, by=request.user)
    return _after_change(request, version, gettext("Removed"))


@require_POST
def up(request: Request, content_id: str, file_id: str) -> HttpResponse:
    version = files.move(content_id=content_id, file_id=file_id, step=-1, by=request.user)
    return _after_change(request, version, gettext("Moved up"))


@require_POST
def down(request: Request, content_id: str, file_id: str) -> HttpResponse:
    version = files.move(content_id=content_id, file_id=file_id, step=1, by=request.user)
    return _after_change(request, version, gettext("Moved down"))


@require_safe
@fresh_session
def file(request: Request, content_id: str, file_id: str) -> HttpResponse:
    """Asks afresh who she is and what she may see, at every click."""
    form = DownloadForm(request.GET)
    if not form.is_valid():
        raise NotFound()
    url = files.download_link(content_id=content_id, file_id=file_id, by=request.user, **form.cleaned_data)
    response = HttpResponseRedirect(url)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@fresh_session
def returned(request: Request, content_id: str) -> HttpResponse:
    """Where S3 sends a browser without JavaScript once it has the file. The signed ticket makes this safe as a GET."""
    form = ReturnForm(request.GET)
    if form.is_valid():
        with saving(form):
            version = uploads.finish_plain(content_id=content_id, by=request.user, **form.cleaned_data)
            messages.success(request, gettext("Added “%s”") % _last_added(version))
    if form.errors:  # she is between two pages: the sentence belongs to the editor
        messages.error(request, form.first_error)
    return go(request, "content:edit", content_id)


def _last_added(version: ContentVersion) -> str:
    return str(max(version.files, key=lambda one: one.file_id).name)


def _after_change(request: Request, version: ContentVersion, done: str) -> HttpResponse:
    if request.htmx:
        return _rows(request, version)
    messages.success(request, done)
    return go(request, "content:edit", version.content_id)


def _rows(request: Request, version: ContentVersion) -> HttpResponse:
    return render(request, "content/_files.html#rows", {"panel": FilePanel(request, request.user, version)})
