"""Courses and lessons as learners see them, up to what they have earned."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import fresh_session
from accounts.http import Request
from content.access import items_for_reading
from content.rows import rows_of
from core import clock
from core.errors import NotFound, Refused
from core.pages import go, page
from lms import store
from lms.access import leads_authors_to_the_builder
from lms.enums import LessonType
from lms.forms.watching import ReportForm
from lms.pages.course import course_page, load_for_page
from lms.pages.lesson import beside_lesson, lesson_page, lesson_state, may_mark
from lms.rules.lessons import is_web_address
from lms.services import learning, watching
from lms.services.learning import Learning


@require_safe
@leads_authors_to_the_builder
def course(request: Request, course_id: str) -> HttpResponse:
    taken = load_for_page(request.user, course_id)
    return page(
        request, "lms/course.html", {"page": course_page(taken), "course": taken.course, "outline": taken.outline}
    )


@require_safe
@leads_authors_to_the_builder
def lesson(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    """Reading it is noted, so that she comes back to where she was; asking for its head alone is not."""
    beside = beside_lesson(lesson_id)
    if request.method == "GET":
        taken = learning.visit(course_id=course_id, lesson_id=lesson_id, by=request.user, beside=beside)
    else:
        taken = learning.load(request.user, course_id, beside=beside)
    entry = taken.entry(lesson_id)
    if request.htmx and not request.htmx.boosted:
        return _state(request, taken, lesson_id)
    data = store.published_lesson(course_id, taken.outline.version, lesson_id)
    context = {"learning": taken, "outline": taken.outline, "entry": entry, "lesson": data}
    context["page"] = shown = lesson_page(request, taken, entry, data)
    return page(request, "lms/lesson.html", context | {"part": shown.part})


@require_POST
def done(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    """She says so, or the page does after she has had a text open for a while."""
    before = learning.load(request.user, course_id)
    entry = before.entry(lesson_id)
    if not may_mark(before, entry, store.published_lesson(course_id, before.outline.version, lesson_id)):
        raise Refused(gettext("This lesson is done by what you do in it, not by saying so."))
    taken = learning.complete_lesson(course_id=course_id, lesson_id=lesson_id, by=request.user)
    if request.htmx:
        return _state(request, taken, lesson_id)
    if taken.finished and not before.finished:
        return go(request, "lms:finish", course_id)
    messages.success(request, gettext("Marked as done"))
    return go(request, "lms:lesson", course_id, lesson_id)


@require_POST
def watched(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    """What a player reports. Its pass says which lesson; the address is only where it is sent."""
    form = ReportForm(request.POST)
    form.checked()
    heard = watching.report(token=form.cleaned_data["token"], said=form.said, by=request.user)
    return JsonResponse(asdict(heard))


@require_safe
@fresh_session
def open_lesson(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    """To the document or the page that the lesson is about: following the link is what it asks for."""
    taken = learning.load(request.user, course_id)
    entry = taken.entry(lesson_id)
    content = store.published_lesson(course_id, taken.outline.version, lesson_id)["content"]
    if entry.lesson_type not in (LessonType.DOCUMENT, LessonType.LINK):
        raise NotFound()
    if request.method == "GET":
        learning.complete_lesson(course_id=course_id, lesson_id=lesson_id, by=request.user)
    if entry.lesson_type is LessonType.DOCUMENT:
        return go(request, "content:open", str(content["content_id"]))
    if not is_web_address(str(content["url"])):
        raise NotFound()
    return HttpResponseRedirect(str(content["url"]))


@require_safe
def finish(request: Request, course_id: str) -> HttpResponse:
    """What she has earned; before that there is nothing here."""
    taken = load_for_page(request.user, course_id)
    if not taken.finished:
        return go(request, "lms:course", course_id)
    context = {"page": course_page(taken), "course": taken.course, "outline": taken.outline, "summary": taken.summary}
    return page(request, "lms/finish.html", context)


@require_safe
def related(request: Request, course_id: str) -> HttpResponse:
    """Items of the library that go with the course, as far as she may see them."""
    taken = learning.load(request.user, course_id)
    rows = rows_of(items_for_reading(request.user, taken.outline.related_item_ids), clock.now(), names={})
    return page(request, "lms/related.html", {"outline": taken.outline, "rows": rows}, fragment="list")


def _state(request: Request, taken: Learning, lesson_id: str) -> HttpResponse:
    """The parts of the lesson's page that tell how far she is."""
    entry = taken.entry(lesson_id)
    context = {"learning": taken, "outline": taken.outline, "entry": entry, "page": lesson_state(taken, entry)}
    return page(request, "lms/lesson.html", context, fragment="state")
