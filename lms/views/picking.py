from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.permissions import Permission, require
from core import picker
from core.picker import MOST_FOUND
from lms.pages.picking import CourseSource


@require_safe
def pick(request: Request) -> HttpResponse:
    """What pickers of courses are answered."""
    require(request.user, Permission.COURSES_AUTHOR)
    return picker.answer(CourseSource(request.user).found(picker.asked(request.GET), MOST_FOUND))
