"""The numbers as files."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import fresh_session
from accounts.http import Request
from accounts.permissions import Permission, require
from analytics.pages import export as files
from analytics.pages.frame import frame_of, product_of
from analytics.pages.things import item_series
from analytics.services.exporting import note_export
from analytics.services.numbers import Asked, Numbers
from core.errors import Invalid


@require_safe
@fresh_session
def export(request: Request, name: str) -> HttpResponse:
    """One number or list, with its definition above it."""
    require(request.user, Permission.ANALYTICS_READ)
    frame = frame_of(request.GET, reverse("analytics:overview"))
    if not frame.period:
        raise Invalid("These days or this product cannot be shown. Choose them on the page, and take the file there.")
    numbers = Numbers(request.user, Asked(frame.period.span, product_of(frame)))
    table = files.table_of(name, numbers)
    note_export(name=name, span=frame.period.span, product=product_of(frame), by=request.user)
    about = f"{frame.product}" if frame.product else ""
    return _file(files.filename(name, numbers.span), files.lines(table, numbers.span, numbers.as_of, about))


@require_safe
@fresh_session
def item(request: Request, content_id: str) -> HttpResponse:
    """The days of one item, for those who look after it."""
    frame = frame_of(request.GET, reverse("analytics:item", args=[content_id]), with_product=False)
    if not frame.period:
        raise Invalid("These days cannot be shown. Choose them on the page, and take the file there.")
    found, series = item_series(request.user, content_id, frame.period.span)
    lines = files.lines(files.by_day(series), frame.period.span, found.as_of, found.title)
    return _file(files.filename("item", frame.period.span), lines)


def _file(name: str, lines: object) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")  # type: ignore[arg-type]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
