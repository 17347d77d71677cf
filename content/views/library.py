from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.permissions import Permission, can
from bulk.kinds import actions_for
from content.documents import KIND
from content.library import LIBRARY, SORTS, listing
from core.pages import go, page
from metadata.faceted import picked


@require_safe
def library(request: Request) -> HttpResponse:
    wanted = LIBRARY.canonical(request.GET)
    if wanted != request.GET:
        return go(request, f"{request.path}?{wanted.urlencode()}")
    filters = LIBRARY.asked(request.GET, request.user.user_id)
    found = listing(request.user, filters, request.GET.get("cursor"))
    if offered := picked(found.facets, request.GET):
        return offered
    context = {
        "filters": filters,
        "listing": found,
        "chips": found.chips(request.GET),
        "sorts": SORTS,
        "may_create": can(request.user, Permission.CONTENT_CREATE),
        "bulk_actions": actions_for(request.user, KIND),
        "view": request.GET.get("view") or request.preferences.list_view,
    }
    return page(request, "content/library.html", context, fragment="results")
