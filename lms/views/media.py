"""The video of a lesson between its author's browser and S3: planned, signed, checked and attached here."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import fresh_session
from accounts.http import Request
from content.file_forms import PartsForm, ReturnForm, StartForm, TicketForm
from core.pages import go, page
from core.saving import saving, status_for
from lms.forms.media import CaptionsForm, ChaptersForm, TranscribeForm, VideoFinishForm
from lms.models import Lesson
from lms.pages.video import VideoPanel
from lms.rules.media import write_chapters
from lms.services import courses, media, transcribing


@require_safe
def video(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    lesson = media.authored_video(course_id=course_id, lesson_id=lesson_id, by=request.user)
    return video_page(request, lesson)


def video_page(
    request: Request,
    lesson: Lesson,
    *,
    chapters: ChaptersForm | None = None,
    captions: CaptionsForm | None = None,
) -> HttpResponse:
    """With the form that was sent, where it has to be sent again."""
    seen = {"chapters": write_chapters(lesson.content.get("chapters") or ()), "seen_rev": lesson.text_rev}
    context = {
        "course": courses.readable(str(lesson.course_id), request.user),
        "lesson": lesson,
        "panel": VideoPanel(request, request.user, lesson),
        "chapters_form": chapters or ChaptersForm(initial=seen),
        "captions_form": captions or CaptionsForm(),
        "transcribe_form": TranscribeForm(),
        "stored_chapters": seen["chapters"],
    }
    sent = chapters or captions
    return page(request, "lms/media/video.html", context, status=status_for(sent) if sent else 200)


@require_POST
def start(request: Request, course_id: str, lesson_id: str) -> JsonResponse:
    form = StartForm(request.POST).checked()
    plan = media.start_upload(course_id=course_id, lesson_id=lesson_id, by=request.user, **form.cleaned_data)
    return JsonResponse(asdict(plan), status=201)


@require_POST
def parts(request: Request, course_id: str, lesson_id: str) -> JsonResponse:
    form = PartsForm(request.POST)
    form.checked()
    token = form.cleaned_data["token"]
    urls = media.sign_parts(course_id=course_id, lesson_id=lesson_id, token=token, numbers=form.wanted, by=request.user)
    return JsonResponse({"urls": urls})


@require_POST
def finish(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    sent = VideoFinishForm(request.POST).checked().cleaned_data
    transcribe, language = sent.pop("transcribe"), sent.pop("language")
    lesson = media.finish(course_id=course_id, lesson_id=lesson_id, by=request.user, **sent)
    if transcribe and language:
        transcribing.start(course_id=course_id, lesson_id=lesson_id, language=language, by=request.user)
    panel = VideoPanel(request, request.user, lesson)
    return render(request, "lms/media/_video.html", {"panel": panel, "lesson": lesson})


@require_POST
def abort(request: Request, course_id: str, lesson_id: str) -> JsonResponse:
    form = TicketForm(request.POST).checked()
    media.abort(course_id=course_id, lesson_id=lesson_id, by=request.user, **form.cleaned_data)
    return JsonResponse({})


@require_safe
@fresh_session
def returned(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    """Where S3 sends a browser without JavaScript once it has the file. The signed ticket makes this safe as a GET."""
    form = ReturnForm(request.GET)
    if form.is_valid():
        with saving(form):
            media.finish_plain(course_id=course_id, lesson_id=lesson_id, by=request.user, **form.cleaned_data)
            messages.success(request, gettext("Video added"))
    if form.errors:  # she is between two pages: the sentence belongs to the one she came from
        messages.error(request, form.first_error)
    return go(request, "lms:manage-video", course_id, lesson_id)


@require_POST
def chapters(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    lesson = media.authored_video(course_id=course_id, lesson_id=lesson_id, by=request.user)
    form = ChaptersForm(request.POST)
    if form.is_valid():
        with saving(form):
            media.set_chapters(
                course_id=course_id,
                lesson_id=lesson_id,
                text=form.cleaned_data["chapters"],
                seen_rev=form.cleaned_data["seen_rev"],
                by=request.user,
            )
        if not form.errors:
            messages.success(request, gettext("Chapters saved"))
            return go(request, "lms:manage-video", course_id, lesson_id)
    return video_page(request, lesson, chapters=form)
