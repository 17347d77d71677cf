"""The numbers as files."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import fresh_session
from accounts.http import Request
from accounts.permissions import Permission, require
from analytics.pages import export as files
from analytics.pages.frame import frame_of, product_of
from analytics.pages.things import course_file, item_file, path_file
from analytics.rules.months import Span
from analytics.services.exporting import note_export
from analytics.services.numbers import Asked, Numbers
from analytics.services.things import ThingNumbers
from core.errors import Invalid


@require_safe
@fresh_session
def export(request: Request, name: str) -> StreamingHttpResponse:
    """One number or list, with its definition above it."""
    require(request.user, Permission.ANALYTICS_READ)
    frame = frame_of(request.GET, reverse("analytics:overview"))
    if not frame.period:
        raise Invalid("These days or this product cannot be shown. Choose them on the page, and take the file there.")
    numbers = Numbers(request.user, Asked(frame.period.span, product_of(frame)))
    table = files.table_of(name, numbers)
    note_export(name=name, span=frame.period.span, product=product_of(frame), by=request.user)
    lines = files.lines(table, numbers.span, numbers.as_of, frame.product)
    return _file(files.filename(name, numbers.span), lines)


@require_safe
@fresh_session
def item(request: Request, content_id: str) -> StreamingHttpResponse:
    """The days of one item, for those who look after it."""
    span = _span_of(request)
    return _of_thing("item", span, *item_file(request.user, content_id, span))


@require_safe
@fresh_session
def course(request: Request, course_id: str, name: str) -> StreamingHttpResponse:
    span = _span_of(request)
    return _of_thing(f"course-{name}", span, *course_file(request.user, course_id, name, span))


@require_safe
@fresh_session
def path(request: Request, path_id: str, name: str) -> StreamingHttpResponse:
    span = _span_of(request)
    return _of_thing(f"path-{name}", span, *path_file(request.user, path_id, name, span))


def _span_of(request: Request) -> Span:
    frame = frame_of(request.GET, request.path, with_product=False)
    if not frame.period:
        raise Invalid("These days cannot be shown. Choose them on the page, and take the file there.")
    return frame.period.span


def _of_thing(name: str, span: Span, found: ThingNumbers, table: files.Table) -> StreamingHttpResponse:
    return _file(files.filename(name, span), files.lines(table, span, found.as_of, found.title))


def _file(name: str, lines: Iterator[str]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
