"""django-ninja as this portal uses it.

What goes wrong leaves it as one of the project's errors and is answered where all of them are, so that the audit log hears
of refusals and every problem has the same shape. Every route is outside the sign-in of pages: its own token decides.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NoReturn, Protocol, runtime_checkable

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from core.api import answering, document, etags, idempotency
from core.api.bodies import check_size
from core.api.errors import MethodNotAllowed, Unacceptable, Unauthenticated
from core.errors import Invalid, PortalError

View = Callable[..., HttpResponse]


@runtime_checkable
class Gate(Protocol):
    """What stands before a route: it says which scope a token needs."""

    def scope_for(self, method: str) -> str: ...


class Everybody:
    """Stands before what needs no token: `auth=Everybody(), throttle=[]`; see tests/attacks/test_api.py."""

    def scope_for(self, method: str) -> str:
        return ""

    def __call__(self, request: HttpRequest) -> bool:
        return True


class PortalAPI(NinjaAPI):
    _document: document.Document | None = None

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        response = super().create_response(request, data, **options)
        answering.add_headers(request, response)
        response = etags.tag(request, response)
        idempotency.keep(request, response)
        return response

    def on_exception(self, request: HttpRequest, exc: Exception | type[Exception]) -> NoReturn:
        if isinstance(exc, ValidationError):
            raise Unacceptable(fields=dict(_sentence(error) for error in exc.errors)) from exc
        if isinstance(exc, AuthenticationError):
            raise Unauthenticated from exc
        if isinstance(exc, HttpError):  # ninja's word for a body that our parser refused
            raise exc.__cause__ if isinstance(exc.__cause__, PortalError) else Invalid from exc
        raise exc

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Made once: it does not change, and is long."""
        if self._document is None:
            self._document = document.Document(self, self.get_root_path({}))
            document.complete(self._document)
        return self._document

    def _get_urls(self) -> list[Any]:
        """Raises ImproperlyConfigured for a route that does not say which scope it needs."""
        for router in self._get_bound_routers():
            for path_view in router.path_operations.values():
                for operation in path_view.operations:
                    operation.openapi_extra = (operation.openapi_extra or {}) | {document.SCOPE: _scope_of(operation)}
                    _take_only_what_is_known(operation)
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = _open(pattern.callback)
        return patterns


def _scope_of(operation: Operation) -> str:
    callbacks: list[object] = list(operation.auth_callbacks)
    gates = [gate for gate in callbacks if isinstance(gate, Gate)]
    scopes = {gate.scope_for(method) for gate in gates for method in operation.methods}
    if len(scopes) != 1 or len(gates) != len(callbacks):
        name = f"{operation.view_func.__module__}.{operation.view_func.__name__}"
        raise ImproperlyConfigured(f"{name} is open without a scope: give its router “auth=Bearer(Area.…)”.")
    return scopes.pop()


def _take_only_what_is_known(operation: Operation) -> None:
    """A misspelt filter is refused instead of being ignored, and so is a body where none is read."""
    sources: dict[str, set[str]] = {}
    for model in operation.models:
        source, known = str(model.__ninja_param_source__), getattr(model, "__ninja_flatten_map__", model.model_fields)
        sources.setdefault(source, set()).update(known)
    read_values = operation._get_values

    def checked(request: HttpRequest, *rest: Any) -> dict[str, Any]:
        unknown = sorted(set(request.GET) - sources.get("query", set()))
        if unknown:
            raise Unacceptable(
                fields={f"query.{name[:100]}": "This address takes no such parameter." for name in unknown}
            )
        if "body" not in sources and request.body.strip() not in (b"", b"{}"):
            raise Unacceptable(fields={"body": "This address takes no body."})
        return read_values(request, *rest)

    operation._get_values = checked  # type: ignore[method-assign, assignment]


def _open(view: View) -> View:
    """HEAD as GET, OPTIONS and other methods as they are promised; neither session nor CSRF token plays a part."""

    @functools.wraps(
        view,
        assigned=("__module__", "__doc__") if isinstance(view, functools.partial) else functools.WRAPPER_ASSIGNMENTS,
    )
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_size(request)
        is_head = request.method == "HEAD"
        request.method = "GET" if is_head else request.method
        response = view(request, *args, **kwargs)
        if is_head:
            request.method = "HEAD"
        if response.status_code != 405:
            return response
        allowed = _allowed(response)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
        raise MethodNotAllowed(allowed)

    opened.login_required = False  # type: ignore[attr-defined]
    opened.csrf_exempt = True  # type: ignore[attr-defined]
    return opened


def _allowed(response: HttpResponse) -> list[str]:
    methods = {method.strip() for method in response.headers["Allow"].split(",")}
    return sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set()))


def _sentence(error: dict[str, Any]) -> tuple[str, str]:
    """`body.title`: where it stands, without what ninja puts between, the name of the view's argument."""
    source, *rest = (str(part) for part in error["loc"])
    place = [source, *(rest[1:] if source == "body" else rest)]
    message = str(error["msg"]).removeprefix("Value error, ")
    return ".".join(place), message if message.endswith(".") else f"{message}."
