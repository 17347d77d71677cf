"""Taking a course again, and what became of the times before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from core.pages import go, page
from lms.pages.cycle_history import history_of
from lms.services import cycles


@require_POST
def renew(request: Request, course_id: str) -> HttpResponse:
    cycles.renew(course_id=course_id, by=request.user)
    messages.success(request, gettext("Renewal started"))
    return go(request, "lms:course", course_id)


@require_safe
def history(request: Request, course_id: str) -> HttpResponse:
    shown = history_of(request.user, course_id)
    return page(request, "certificates/history.html", {"history": shown, "course_id": course_id})
