"""Pages that fail in every way, to see how each failure is answered."""

from __future__ import annotations

import functools

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path

from core import errors
from portal import views

handler400 = handler403 = handler404 = "portal.views.refused"
handler500 = "portal.views.broken"

FAILURES = {
    "invalid": (errors.Invalid(fields={"title": "A title is needed."}), 400),
    "refused": (errors.Refused("Only an Approver may do this."), 403),
    "denied": (PermissionDenied("secret reason"), 403),
    "hidden": (errors.NotFound(), 404),
    "missing": (Http404("secret path"), 404),
    "stale": (errors.Stale("Rita approved this a minute ago."), 409),
    "large": (RequestDataTooBig("secret size"), 413),
    "many": (errors.TooMany(retry_after=7), 429),
    "unavailable": (errors.Unavailable(), 503),
}


def fail(error: Exception, request: HttpRequest) -> HttpResponse:
    raise error


@login_not_required
def bug(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail of a bug")


@login_not_required
def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.user.name)


urlpatterns = [
    *(
        path(f"fails/{name}/", login_not_required(functools.partial(fail, error)))
        for name, (error, _) in FAILURES.items()
    ),
    path("fails/bug/", bug),
    path("ok/", ok, name="ok"),
    path("private/", private, name="private"),
    path("health", views.health, name="health"),
    path("health/ready", views.ready, name="ready"),
    path("", include("accounts.urls")),
    path("accounts/", include("accounts.cognito.urls")),
    re_path(r"^(?P<path>.*)$", views.missing, name="missing"),
]
