"""What people did, for stores of learning records elsewhere."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import fresh_session
from accounts.http import Request
from accounts.permissions import Permission, require
from analytics.pages.frame import frame_of
from analytics.services.statements import exported
from core import clock
from core.errors import Invalid


@require_safe
@fresh_session
def xapi(request: Request) -> StreamingHttpResponse:
    """Statements of xAPI 1.0.3 of the days that were chosen, one to a line."""
    require(request.user, Permission.ANALYTICS_READ)
    frame = frame_of(request.GET, reverse("analytics:learning"))
    if not frame.period:
        raise Invalid("These days cannot be shown. Choose them on the page, and take the file there.")
    span = frame.period.span
    response = StreamingHttpResponse(
        exported(span=span, by=request.user, now=clock.now()), content_type="application/x-ndjson"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="statements-{span.first}-{span.last}.jsonl"'
    return response
