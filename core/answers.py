"""How a failure is answered: a designed page, a toast for HTMX, a problem document for programs. The same words in each.

No context processor runs and nothing is read here: these pages must come out when everything else fails.
Neither the path nor, on pages, the request id is in a body, so that a hidden thing and a missing one answer alike.
"""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext, gettext_lazy

from core.api import is_api
from core.api.problems import problem
from core.errors import PortalError, TooMany

logger = logging.getLogger(__name__)

HEADLINES = {
    400: gettext_lazy("That could not be understood"),
    403: gettext_lazy("This is not open to you"),
    404: gettext_lazy("There is nothing here"),
    405: gettext_lazy("That is not possible here"),
    409: gettext_lazy("Changed meanwhile"),
    413: gettext_lazy("That is too large"),
    429: gettext_lazy("One moment, please"),
    500: gettext_lazy("Something went wrong"),
    503: gettext_lazy("Back in a moment"),
}
ICONS = {403: "lock", 404: "compass", 409: "git-compare", 413: "file-x", 429: "hourglass", 503: "unplug"}

_BARE = "<!doctype html><html lang='en'><title>{title}</title><h1>{title}</h1><p>{message}</p><p><a href='/'>Home</a>"


def answer(request: HttpRequest, error: PortalError) -> HttpResponse:
    response = problem(error) if is_api(request) else _body(request, error.status, gettext(error.message))
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _body(request: HttpRequest, status: int, message: str) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"error": message}, status=status)
    try:
        if _swaps_a_part(request):
            return _toast(status, message)
        return HttpResponse(_page(request, status, message), status=status)
    except Exception:  # whatever is broken, the person gets a sentence
        logger.exception("error page failed")
        return HttpResponse(_BARE.format(title=_headline(status), message=escape(message)), status=status)


def _headline(status: int) -> str:
    return str(HEADLINES.get(status, HEADLINES[500]))


def _page(request: HttpRequest, status: int, message: str) -> str:
    theme = getattr(getattr(request, "preferences", None), "theme", "system")
    icon = ICONS.get(status, "circle-alert")
    context = {"headline": _headline(status), "text": message, "icon_name": icon, "shell": {"theme": theme}}
    return render_to_string("errors/error.html", context | {"can_retry": status in (409, 429, 500, 503)})


def _toast(status: int, message: str) -> HttpResponse:
    body = render_to_string("_components/toast.html", {"text": message, "tone": "error"})
    return HttpResponse(body, status=status, headers={"HX-Retarget": "#toasts", "HX-Reswap": "beforeend"})


def _wants_json(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _swaps_a_part(request: HttpRequest) -> bool:
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Boosted") != "true"
