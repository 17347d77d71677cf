from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.http import Request
from content.library import SORTS
from core.pages import go, page
from metadata.faceted import chips_of, picked
from search.access import SEARCH, Asked, choices_for, results_for, suggestions_for
from search.events import announce


@require_safe
def results(request: Request) -> HttpResponse:
    wanted = SEARCH.canonical(request.GET)
    if wanted != request.GET:
        return go(request, f"{request.path}?{wanted.urlencode()}")
    asked = Asked.from_query(request.GET, request.user)
    if not asked.anything and "pick" not in request.GET:
        return page(
            request, "search/results.html", {"asked": asked, "choices": choices_for(request.user)}, fragment="results"
        )
    cursor = request.GET.get("cursor")
    found = results_for(request.user, asked, cursor)
    if offered := picked(found.facets, request.GET):
        return offered
    if asked.text and not cursor:
        announce(request.user, asked, found, while_typing=request.htmx.trigger_name == "q")
    context = {"asked": asked, "found": found, "chips": chips_of(found.facets, request.GET), "sorts": SORTS}
    return page(request, "search/results.html", context, fragment="results")


@require_safe
def suggest(request: Request) -> HttpResponse:
    """What the field in the header offers while she types; alone it is a plain page of links."""
    typed = request.GET.get("q", "")
    context = {"typed": typed, "results": suggestions_for(request.user, typed)}
    return page(request, "search/suggestions.html", context, fragment="suggestions")
