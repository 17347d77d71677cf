"""What becomes of a course: publishing, unpublishing, archiving, bringing it back; its versions and history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.store import audit_of_target, names_of
from core.errors import Stale
from core.pages import go, page
from lms import store
from lms.enums import CourseMove
from lms.models import Course
from lms.pages.publish import publish_page
from lms.services import courses, publishing
from lms.trails import courses as trail
from lms.views.authoring import for_authors, for_editing

_SERVICES: Mapping[CourseMove, Callable[..., Course]] = {
    CourseMove.UNPUBLISH: publishing.unpublish,
    CourseMove.ARCHIVE: publishing.archive,
    CourseMove.BRING_BACK: publishing.bring_back,
}
MOST_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: Request, course_id: str) -> HttpResponse:
    """GET is the checklist, for every author; POST publishes what this page has shown."""
    course = for_editing(request, course_id)
    if request.method == "POST":
        return _publish(request, course)
    return _checklist(request, course)


def _publish(request: Request, course: Course) -> HttpResponse:
    found = publishing.check_move(course, CourseMove.PUBLISH, request.user)
    seen, redo = request.POST.get("seen_rev", ""), request.POST.getlist("redo")
    try:
        seen_rev = int(seen) if seen.isascii() and seen.isdigit() else -1
        publishing.publish(course_id=course.course_id, redo=redo, seen_rev=seen_rev, by=request.user)
    except Stale as stale:
        fresh = courses.authored(course.course_id, request.user)
        return _checklist(request, fresh, stale=stale.message, redo=redo, status=Stale.status)
    messages.success(request, gettext(found.done))
    return go(request, "lms:manage-course", course.course_id)


def _checklist(request: Request, course: Course, status: int = 200, **more: Any) -> HttpResponse:
    context = {"page": publish_page(request.user, course), "course": course, **more}
    return page(request, "lms/manage/publish.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, course_id: str, move: CourseMove) -> HttpResponse:
    """GET says what it means and what stands in the way; POST does it."""
    course = for_authors(request, course_id)
    found = publishing.check_move(course, move, request.user)
    if request.method == "POST":
        _SERVICES[move](course_id=course_id, by=request.user)
        messages.success(request, gettext(found.done))
        return go(request, "lms:manage-course", course_id)
    waiting = publishing.open_assignments(course_id) if move is CourseMove.ARCHIVE else []
    names = names_of(one.user_id for one in waiting[:MOST_SHOWN])
    shown = [{"name": names.get(one.user_id), "due_at": one.due_at} for one in waiting[:MOST_SHOWN]]
    context = {"course": course, "move": move, "transition": found, "waiting": shown, "count": len(waiting)}
    return page(request, "lms/manage/course_move.html", context)


@require_POST
def ready(request: Request, course_id: str) -> HttpResponse:
    """An author's mark for Approvers, or its withdrawal."""
    for_authors(request, course_id)
    on = request.POST.get("on") == "1"
    publishing.ask(course_id=course_id, ready=on, by=request.user)
    messages.success(request, gettext("Approvers find it in their list now") if on else gettext("Withdrawn"))
    return go(request, "lms:manage-course", course_id)


@require_safe
def versions(request: Request, course_id: str) -> HttpResponse:
    course = for_authors(request, course_id)
    found = store.versions_of(course_id, int(course.version))
    entries = audit_of_target(f"course:{course_id}", limit=50).items
    names = names_of(one.published_by for one in found)
    context = {
        "course": course,
        "versions": [_version(one) | {"by": names.get(one.published_by)} for one in found],
        "entries": trail.history(entries, {one.lesson_id: one.title for one in store.lessons_of(course_id)}),
    }
    return page(request, "lms/manage/versions.html", context)


def _version(part: Any) -> dict[str, Any]:
    number = int(part.part.partition("#")[0])
    lessons = part.data["lessons"]
    redo = sum(1 for one in lessons if one.get("redo_from") == number)
    return {"number": number, "at": part.published_at, "lessons": len(lessons), "redo": redo}
