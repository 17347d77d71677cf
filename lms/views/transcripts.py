"""Captions and transcripts as their author sees them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import Request
from core.errors import NotFound
from core.pages import go, page
from core.saving import saving, status_for
from lms.forms.media import CaptionsForm, TranscribeForm
from lms.forms.transcripts import TranscriptForm
from lms.services import courses, media, transcribing, transcripts
from lms.views.media import video_page


@require_POST
def add(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    lesson = media.authored_video(course_id=course_id, lesson_id=lesson_id, by=request.user)
    form = CaptionsForm(request.POST, request.FILES)
    if form.is_valid():
        with saving(form):
            sent = form.cleaned_data["file"]
            transcripts.add_captions(
                course_id=course_id,
                lesson_id=lesson_id,
                language=form.cleaned_data["language"],
                label=form.cleaned_data["label"],
                name=str(sent.name),
                data=sent.read(),
                by=request.user,
            )
        if not form.errors:
            messages.success(request, gettext("Captions added"))
            return go(request, "lms:manage-video", course_id, lesson_id)
    return video_page(request, lesson, captions=form)


@require_POST
def remove(request: Request, course_id: str, lesson_id: str, language: str) -> HttpResponse:
    transcripts.remove(course_id=course_id, lesson_id=lesson_id, language=language, by=request.user)
    messages.success(request, gettext("Captions removed"))
    return go(request, "lms:manage-video", course_id, lesson_id)


@require_POST
def keep(request: Request, course_id: str, lesson_id: str, language: str) -> HttpResponse:
    transcripts.keep_for_new_video(course_id=course_id, lesson_id=lesson_id, language=language, by=request.user)
    messages.success(request, gettext("Kept for this video"))
    return go(request, "lms:manage-video", course_id, lesson_id)


@require_POST
def transcribe(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    form = TranscribeForm(request.POST)
    if not form.is_valid():
        raise NotFound()
    transcribing.start(course_id=course_id, lesson_id=lesson_id, by=request.user, **form.cleaned_data)
    messages.success(request, gettext("The transcript is being made. This page shows it as soon as it is ready."))
    return go(request, "lms:manage-video", course_id, lesson_id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, course_id: str, lesson_id: str, language: str) -> HttpResponse:
    lesson = media.authored_video(course_id=course_id, lesson_id=lesson_id, by=request.user)
    stored = transcripts.of_draft(lesson, language)
    form = TranscriptForm(request.POST or None, stored=stored, page=_page(request))
    if request.method == "POST" and form.is_valid():
        with saving(form):
            transcripts.edit(
                course_id=course_id,
                lesson_id=lesson_id,
                language=language,
                segments=form.segments,
                seen_rev=form.cleaned_data["seen_rev"],
                by=request.user,
            )
        if not form.errors:
            messages.success(request, gettext("Transcript saved"))
            return HttpResponseRedirect(f"{request.path}?page={form.page}")
    context = {
        "course": courses.readable(course_id, request.user),
        "lesson": lesson,
        "language": language,
        "label": transcripts.label_of(stored),
        "form": form,
        "link_seconds": settings.PRESIGNED_DOWNLOAD_EXPIRY_SECONDS,
        "play_url": reverse("lms:video-play", args=[course_id, lesson_id]),
    }
    return page(request, "lms/media/transcript.html", context, status=status_for(form))


def _page(request: Request) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
