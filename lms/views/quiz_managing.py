"""How the questions of a quiz do, its attempts, and what managers do about them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.permissions import Permission, can
from accounts.store import names_of
from core.pages import go, page
from core.saving import saving, status_for
from lms import store
from lms.forms.quizzes import VoidForm
from lms.pages.quizzes import attempt_rows, bars, item_rows
from lms.parts.quiz import past_of
from lms.services import quiz_managing, quizzes


@require_safe
def analysis(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    found = quizzes.for_its_authors(course_id=course_id, lesson_id=lesson_id, by=request.user)
    told = quiz_managing.analyse(course_id=course_id, lesson_id=lesson_id, by=request.user)
    context = {
        "course": found.course,
        "lesson": found.lesson,
        "analysis": told,
        "may_manage": quiz_managing.manages(request.user),
    }
    shown = {"items": item_rows(told), "bars": bars(told), "pass_mark": found.quiz.pass_mark}
    return page(request, "lms/quizzes/manage/analysis.html", context | shown)


@require_safe
def attempts(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    every = quiz_managing.latest(course_id=course_id, lesson_id=lesson_id, by=request.user)
    shown, rest = every[:_SHOWN], len(every) - _SHOWN
    rows = attempt_rows(shown, names_of([one.user_id for one in shown]))
    return page(
        request,
        "lms/quizzes/manage/attempts.html",
        _context(course_id, lesson_id) | {"rows": rows, "rest": max(0, rest)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: Request, course_id: str, lesson_id: str, user_id: str, number: int) -> HttpResponse:
    place: dict[str, Any] = {"course_id": course_id, "lesson_id": lesson_id, "user_id": user_id, "number": number}
    attempt = quiz_managing.attempt_for_managing(**place, by=request.user)
    form = VoidForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with saving(form):
            quiz_managing.void(**place, reason=form.cleaned_data["reason"], by=request.user)
        if not form.errors:
            messages.success(request, gettext("Attempt set aside"))
            return go(request, "lms:quiz-attempts", course_id, lesson_id)
    name = names_of([user_id]).get(user_id, gettext("Somebody"))
    context = {"form": form, "attempt": attempt, "past": past_of(attempt), "name": name}
    return page(
        request, "lms/quizzes/manage/void.html", _context(course_id, lesson_id) | context, status=status_for(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def regrade(request: Request, course_id: str, lesson_id: str) -> HttpResponse:
    """Shows first what would change."""
    if request.method == "POST":
        lower = request.POST.get("lower") == "1"
        done = quiz_managing.regrade(course_id=course_id, lesson_id=lesson_id, by=request.user, lower=lower)
        said = ngettext("%d attempt graded again", "%d attempts graded again", len(done)) % len(done)
        messages.success(request, said)
        return go(request, "lms:quiz-attempts", course_id, lesson_id)
    found = quiz_managing.preview_regrade(course_id=course_id, lesson_id=lesson_id, by=request.user)
    context = {
        "total": len(found),
        "raised": sum(one.raised for one in found),
        "lowered": sum(one.lowered for one in found),
        "others": sum(not one.raised and not one.lowered for one in found),
        "may_lower": can(request.user, Permission.CERTIFICATES_REVOKE),
    }
    return page(request, "lms/quizzes/manage/regrade.html", _context(course_id, lesson_id) | context)


_SHOWN = 200


def _context(course_id: str, lesson_id: str) -> dict[str, object]:
    return {
        "course": store.course_by_id(course_id),
        "lesson": store.lesson_by_id(course_id, lesson_id),
        "may_manage": True,
    }
