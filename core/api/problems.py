"""Errors as RFC 9457 problem documents: one shape for everything that the API refuses, wherever it was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext

from core import context
from core.errors import PortalError, TooMany

CONTENT_TYPE = "application/problem+json"
_CODES: Mapping[int, tuple[str, str]] = {
    # status: the code where the error has none of its own, and the title of all with this status
    400: ("invalid", "Not acceptable as it is"),
    401: ("unauthenticated", "Who are you?"),
    403: ("refused", "Not allowed"),
    404: ("not_found", "Nothing here"),
    405: ("method_not_allowed", "Not possible here"),
    409: ("stale", "Changed meanwhile"),
    412: ("changed_meanwhile", "Changed meanwhile"),
    413: ("too_large", "Too large"),
    415: ("not_json", "Not JSON"),
    422: ("unacceptable", "Not what this address takes"),
    428: ("precondition_required", "Which version?"),
    429: ("too_many", "Too many requests"),
    500: ("broken", "Something went wrong"),
    503: ("unavailable", "Back in a moment"),
}


def problem(error: PortalError) -> HttpResponse:
    response = JsonResponse(_document(error), status=error.status, content_type=CONTENT_TYPE)
    for name, value in getattr(error, "headers", {}).items():
        response.headers[name] = value
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _document(error: PortalError) -> dict[str, Any]:
    code, title = _CODES.get(error.status, _CODES[500])
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": error.status,
        "detail": gettext(error.message),
        "code": getattr(error, "code", code),
        "request_id": context.request_id.get(),
    }
    if fields := getattr(error, "fields", None):
        document["errors"] = [{"field": name, "detail": gettext(text)} for name, text in fields.items()]
    return document
