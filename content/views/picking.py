from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.http import Request
from content.picking import ItemSource
from core import picker
from core.picker import MOST_FOUND


@require_safe
def pick(request: Request) -> HttpResponse:
    """What pickers of items are answered; with `live`, those that readers can be sent to."""
    source = ItemSource(request.user, live=bool(request.GET.get("live")))
    return picker.answer(source.found(picker.asked(request.GET), MOST_FOUND))
