"""A learner's own page, her way back into a course, and what she takes away of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.person import Person
from core import sheets
from core.pages import go, page
from lms.access import leads_authors_to_the_builder
from lms.pages.course import primary_action
from lms.pages.mine import mine
from lms.pages.progress_lines import export_rows
from lms.services import learning

COLUMNS = (
    "course_id",
    "title",
    "state",
    "percent",
    "started_at",
    "last_opened_at",
    "completed_at",
    "cycle",
    "points",
    "points_possible",
    "valid_until",
)


@require_safe
def own(request: Request) -> HttpResponse:
    return page(request, "lms/mine.html", {"mine": mine(request.user)})


@require_safe
@leads_authors_to_the_builder
def go_on(request: Request, course_id: str) -> HttpResponse:
    """To the lesson where she stopped, from wherever the course is named."""
    return go(request, primary_action(learning.load(request.user, course_id)).url)


@require_safe
def export(request: Request) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_file(request.user), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="my-learning.csv"'
    return response


def _file(person: Person) -> Iterator[str]:
    yield sheets.MARK + sheets.line(COLUMNS)
    for told in export_rows(person):
        yield sheets.line([told[name] for name in COLUMNS])
