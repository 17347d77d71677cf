"""One assignment, and what is done to it or to several at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.permissions import Permission, require
from core.errors import Invalid
from core.pages import go, page
from core.saving import saving, status_for
from lms.documents.assignments import key_of
from lms.pages.assigned_changes import CHANGES, MOST_AT_ONCE, change_all, form_for, keys_of
from lms.pages.assignment import assignment_page, note_for
from lms.store import assignments as store


@require_safe
def assignment(request: Request, user_id: str, assignment_id: str) -> HttpResponse:
    require(request.user, Permission.LEARNING_ASSIGN)
    one = store.assignment_by_id(user_id, assignment_id)
    return page(request, "lms/assignments/assignment.html", {"page": assignment_page(request.user, one)})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, user_id: str, assignment_id: str, what: str) -> HttpResponse:
    require(request.user, Permission.LEARNING_ASSIGN)
    if what not in CHANGES:
        raise Http404
    one = store.assignment_by_id(user_id, assignment_id)
    form = form_for(what, request.POST if request.method == "POST" else None, one)
    if form.is_valid():
        with saving(form):
            CHANGES[what].apply(form, user_id, assignment_id, request.user)
        if not form.errors:
            messages.success(request, str(CHANGES[what].done))
            return go(request, "lms:assignment", user_id, assignment_id)
    context = {"page": assignment_page(request.user, one), "form": form, "change": CHANGES[what], "what": what}
    return page(request, "lms/assignments/change.html", context, status=status_for(form))


@require_POST
def change_several(request: Request, what: str) -> HttpResponse:
    """The boxes of the list that are ticked; then the form that all of them need, then what became of each."""
    require(request.user, Permission.LEARNING_ASSIGN)
    if what not in CHANGES:
        raise Http404
    keys = keys_of(request.POST)
    if not keys:
        raise Invalid(gettext("Tick the assignments first."))
    found = store.assignments_by_keys([key_of(key) for key in keys[:MOST_AT_ONCE]])
    sent = "confirmed" in request.POST
    form = form_for(what, request.POST if sent else None)
    context = {"form": form, "change": CHANGES[what], "what": what, "keys": keys, "total": len(found)}
    if form.is_valid():
        with saving(form):
            context |= change_all(what, form, found, request.user)
            return page(request, "lms/assignments/changed.html", context)
    return page(request, "lms/assignments/change_several.html", context, status=status_for(form))


@require_safe
def note(request: Request, course_id: str) -> HttpResponse:
    """What the course's page tells its learner: who asked her to take it, and until when. Nothing is a blank page."""
    return page(request, "lms/assignments/note.html", {"notes": note_for(request.user, course_id)}, fragment="note")
