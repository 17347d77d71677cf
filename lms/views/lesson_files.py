"""Pictures and files of lessons: the right to them is checked here, their bytes come from S3.

`below` is the page of a quiz whose text names them; it changes nothing.
"""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import Request
from lms.services import lesson_files


@require_safe
@never_cache
def lesson_file(request: Request, course_id: str, lesson_id: str, name: str, below: str = "") -> HttpResponse:
    link = lesson_files.learners_link(course_id=course_id, lesson_id=lesson_id, name=name, by=request.user)
    return HttpResponseRedirect(link)


@require_safe
@never_cache
def draft_file(request: Request, course_id: str, lesson_id: str, name: str, below: str = "") -> HttpResponse:
    link = lesson_files.authors_link(course_id=course_id, lesson_id=lesson_id, name=name, by=request.user)
    return HttpResponseRedirect(link)
