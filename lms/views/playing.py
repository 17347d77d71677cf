"""Where players fetch a video and its captions: the right is checked at each request, the bytes come from S3."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from accounts.access import fresh_session
from accounts.http import Request
from core.aws.s3 import disposition
from lms.rules import captions as rules
from lms.services import media, transcripts
from lms.services.transcripts import Shown


@require_safe
@fresh_session
def play(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    return _redirect(media.learners_link(course_id=course_id, lesson_id=lesson_id, by=request.user))


@require_safe
@fresh_session
def play_draft(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    return _redirect(media.authors_link(course_id=course_id, lesson_id=lesson_id, by=request.user))


@require_safe
def captions(request: Request, course_id: str, lesson_id: str, language: str) -> HttpResponse:
    shown = transcripts.for_learner(course_id=course_id, lesson_id=lesson_id, language=language, by=request.user)
    return _vtt(request, shown)


@require_safe
def draft_captions(request: Request, course_id: str, lesson_id: str, language: str) -> HttpResponse:
    shown = transcripts.for_author(course_id=course_id, lesson_id=lesson_id, language=language, by=request.user)
    return _vtt(request, shown)


@require_safe
def transcript_text(request: Request, course_id: str, lesson_id: str, language: str) -> HttpResponse:
    shown = transcripts.for_learner(course_id=course_id, lesson_id=lesson_id, language=language, by=request.user)
    return _file(rules.to_text(shown.segments), "text/plain", f"transcript.{language}.txt")


def _redirect(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _vtt(request: Request, shown: Shown) -> HttpResponse:
    """For the player; with `?download=1` to be saved."""
    response = _file(rules.to_vtt(shown.segments), "text/vtt", f"captions.{shown.language}.vtt")
    if "download" not in request.GET:
        del response.headers["Content-Disposition"]
    return response


def _file(text: str, mime: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{mime}; charset=utf-8")
    response.headers["Content-Disposition"] = disposition(name, inline=False)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
