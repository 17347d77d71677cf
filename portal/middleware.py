from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from core import context
from core.answers import answer
from core.api import is_api
from core.aws import metering
from core.errors import OnlyFromItsPage, PortalError
from core.ids import new_id
from portal.ratelimit import Limiter
from portal.refusals import as_ours

logger = logging.getLogger("portal.request")

GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

_WELL_FORMED_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_UNMETERED = {"health", "ready"}
_SIGN_IN = {"accounts:login", "openid_connect_callback"}
_VERIFY = {"certificates:verify", "certificates:verify-code", "v1:certificate_verify"}
_EXPECTED = (PortalError, Http404, PermissionDenied, RequestDataTooBig, SuspiciousOperation)
_LIMIT_HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
# What Django and the CSP middleware do not say. A page is hers alone, unless its view says otherwise.
_HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


class RequestIdMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = request.headers.get("X-Request-ID", "")
        request_id = offered if _WELL_FORMED_ID.fullmatch(offered) else new_id()
        token = context.request_id.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            context.request_id.reset(token)
        response.headers["X-Request-ID"] = request_id
        return response


class LogMiddleware:
    """One line per request: what was asked by its pattern, never by its address, and what it cost."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        with metering.counting() as meter:
            response = self.get_response(request)
        match = request.resolver_match
        logger.info(
            "request",
            extra={
                "method": request.method,
                "route": (match.view_name or match.route) if match else "-",
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1),
                "dynamodb_calls": meter.calls,
                "dynamodb_capacity": meter.capacity,
            },
        )
        return response


class SecurityHeadersMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class ErrorMiddleware:
    """Views carry no `try`: what they raise of the expected kind becomes an answer here."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not is_api(request):
            said = answer(request, OnlyFromItsPage())
            said.headers["Allow"] = response.headers["Allow"]
            return said
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer(request, as_ours(error)) if isinstance(error, _EXPECTED) else None


class RateLimitMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.limiter = Limiter()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_api(request):
            self._tell(request, response)
        return response

    def _tell(self, request: HttpRequest, response: HttpResponse) -> None:
        """How much is left, and that an address has sent a token that does not hold."""
        if response.status_code == 401:
            self.limiter.note_refused(request)
        for name, value in zip(_LIMIT_HEADERS, getattr(request, "rate_limit", ()), strict=False):
            response.headers[name] = str(value)

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _UNMETERED:
            return None
        if is_api(request) and name not in _VERIFY:
            return self._before_api(request)
        public = not getattr(view, "login_required", True)
        try:
            self.limiter.check(
                request,
                signing_in=name in _SIGN_IN,
                verifying=name in _VERIFY,
                who=lambda: "" if public else str(request.user.pk or ""),
            )
        except PortalError as error:
            return answer(request, error)
        return None

    def _before_api(self, request: HttpRequest) -> HttpResponse | None:
        """Her own limits follow when her token has been read, see `portal/api.py`."""
        request.limiter = self.limiter  # type: ignore[attr-defined]
        try:
            self.limiter.check_address(request)
        except PortalError as error:
            return answer(request, error)
        return None
