from __future__ import annotations

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.urls import resolve
from django.views.decorators.http import require_safe

from core import clock
from core.answers import answer
from core.errors import NotFound, PortalError
from portal import readiness
from portal.refusals import FormExpiredError, as_ours


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok", "timestamp": clock.iso(clock.now())})


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    state = readiness.state()
    everything = all(outcome == "ok" for outcome in state.values())
    return JsonResponse(
        {"status": "ok" if everything else "failed", "checks": state}, status=200 if everything else 503
    )


@login_not_required
def missing(request: HttpRequest, path: str = "") -> HttpResponse:
    """Every address that no other pattern takes. Answers what a hidden thing answers, with DEBUG too."""
    if settings.APPEND_SLASH and not path.endswith("/") and resolve(f"/{path}/").func is not missing:
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    raise NotFound


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own 400, 403 and 404, where no view was reached."""
    return answer(request, as_ours(exception or NotFound()))


def broken(request: HttpRequest) -> HttpResponse:
    """Also for what middleware raised, such as a session that could not be saved."""
    error = sys.exc_info()[1]
    return answer(request, error if isinstance(error, PortalError) else PortalError())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, FormExpiredError())
