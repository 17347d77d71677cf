"""Taking a course again, and what became of the times before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from accounts.http import Request
from core.pages import go
from lms.services import cycles


@require_POST
def renew(request: Request, course_id: str) -> HttpResponse:
    cycles.renew(course_id=course_id, by=request.user)
    messages.success(request, gettext("Renewal started"))
    return go(request, f"/learn/courses/{course_id}/")
