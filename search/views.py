from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from content.library import SORTS
from core.pages import go, page
from metadata.faceted import chips_of, picked
from search.access import SEARCH, Asked, choices_for, results_for, suggestions_for
from search.events import announce
from search.events import opened as tell_opened


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
    typing = request.htmx.trigger_name == "q"
    ticket = announce(request.user, asked, found, while_typing=typing) if asked.text and not cursor else ""
    chips = chips_of(found.facets, request.GET)
    context = {"asked": asked, "found": found, "chips": chips, "sorts": SORTS, "ticket": ticket}
    return page(request, "search/results.html", context, fragment="results")


@require_POST
def opened(request: Request) -> HttpResponse:
    """A script says which result she opens; nobody waits for the answer."""
    said = {name: request.POST.get(name, "") for name in ("ticket", "kind", "doc_id")}
    tell_opened(request.user, **said)
    return HttpResponse(status=204)


@require_safe
def suggest(request: Request) -> HttpResponse:
    """What the field in the header offers while she types; alone it is a plain page of links."""
    typed = request.GET.get("q", "")
    context = {"typed": typed, "results": suggestions_for(request.user, typed)}
    return page(request, "search/suggestions.html", context, fragment="suggestions")
