"""The picture of a course: shown to those who see the course, changed by its authors."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import fresh_session
from accounts.http import Request
from content.file_forms import FinishForm, PartsForm, ReturnForm, StartForm, TicketForm
from core.pages import go, page
from core.saving import saving
from lms.services import courses, thumbnails
from lms.thumbnails import ThumbnailPanel


@require_safe
def thumbnail(request: Request, course_id: str) -> HttpResponse:
    """Her browser may keep the way there for some minutes, so that a list costs its pictures once."""
    response = HttpResponseRedirect(thumbnails.link(course_id=course_id, by=request.user))
    response.headers["Cache-Control"] = f"private, max-age={thumbnails.CACHED_SECONDS}"
    return response


@require_safe
def manage(request: Request, course_id: str) -> HttpResponse:
    course = courses.authored(course_id, request.user)
    panel = ThumbnailPanel(request, request.user, course)
    return page(request, "lms/media/thumbnail.html", {"course": course, "panel": panel})


@require_POST
def start(request: Request, course_id: str) -> JsonResponse:
    form = StartForm(request.POST).checked()
    plan = thumbnails.start_upload(course_id=course_id, by=request.user, **form.cleaned_data)
    return JsonResponse(asdict(plan), status=201)


@require_POST
def parts(request: Request, course_id: str) -> JsonResponse:
    form = PartsForm(request.POST)
    form.checked()
    token = form.cleaned_data["token"]
    urls = thumbnails.sign_parts(course_id=course_id, token=token, numbers=form.wanted, by=request.user)
    return JsonResponse({"urls": urls})


@require_POST
def finish(request: Request, course_id: str) -> HttpResponse:
    form = FinishForm(request.POST).checked()
    course = thumbnails.finish(course_id=course_id, by=request.user, **form.cleaned_data)
    panel = ThumbnailPanel(request, request.user, course)
    return render(request, "lms/media/_thumbnail.html", {"course": course, "panel": panel})


@require_POST
def abort(request: Request, course_id: str) -> JsonResponse:
    form = TicketForm(request.POST).checked()
    thumbnails.abort(course_id=course_id, by=request.user, **form.cleaned_data)
    return JsonResponse({})


@require_safe
@fresh_session
def returned(request: Request, course_id: str) -> HttpResponse:
    """Where S3 sends a browser without JavaScript once it has the file. The signed ticket makes this safe as a GET."""
    form = ReturnForm(request.GET)
    if form.is_valid():
        with saving(form):
            thumbnails.finish_plain(course_id=course_id, by=request.user, **form.cleaned_data)
            messages.success(request, gettext("Picture added"))
    if form.errors:  # she is between two pages: the sentence belongs to the one she came from
        messages.error(request, form.first_error)
    return go(request, "lms:manage-thumbnail", course_id)


@require_POST
def remove(request: Request, course_id: str) -> HttpResponse:
    thumbnails.remove(course_id=course_id, by=request.user)
    messages.success(request, gettext("Picture removed"))
    return go(request, "lms:manage-thumbnail", course_id)
