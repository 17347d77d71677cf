"""The way in for those who may see more of a course than its learners."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse

from accounts.http import Request
from core.errors import NotFound
from core.pages import go
from lms import permissions, store
from lms.enums import CourseStatus

View = Callable[..., HttpResponse]


def leads_authors_to_the_builder(view: View) -> View:
    """For pages of learners: where a course has none, because it is not published, its authors find what they write."""

    @wraps(view)
    def led(request: Request, course_id: str, **rest: str) -> HttpResponse:
        try:
            return view(request, course_id, **rest)
        except NotFound:
            course = store.find_course(course_id)
            if course is None or course.status == CourseStatus.PUBLISHED:
                raise
            if not permissions.can_author(request.user, course):
                raise
            return go(request, "lms:manage-course", course_id)

    return led
