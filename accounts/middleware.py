from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import keep_role_current
from accounts.person import Person
from accounts.services.auditing import note_denial
from accounts.signed_in import Preferences, person_of, preferences_of
from accounts.time_zones import is_known
from core import context
from core.answers import answer
from core.errors import PortalError, Refused

GetResponse = Callable[[HttpRequest], HttpResponse]
_SAFE = {"GET", "HEAD", "OPTIONS"}
_ALWAYS = {"accounts:view-as-stop", "accounts:logout"}
"""What somebody who only looks may still send."""
_AREAS = ("/manage/", "/admin/", "/v1/admin/")


class PersonMiddleware:
    """`request.user` is the Person of the session, or Anonymous; her role is kept current."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in _SAFE:
            request.session.fresh()  # type: ignore[attr-defined]
        _set_lazily(request)
        read_only, visit = context.read_only.set(False), context.visit.set(context.Visit("web"))
        try:
            return self.get_response(request)
        finally:
            context.read_only.reset(read_only)
            context.visit.reset(visit)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if getattr(view, "fresh_session", False):
            request.session.fresh()  # type: ignore[attr-defined]
            _set_lazily(request)
        if not getattr(view, "login_required", True):
            return None
        try:
            return self._admit(request)
        except PortalError as error:
            return answer(request, error)

    def _admit(self, request: HttpRequest) -> HttpResponse | None:
        if not request.user.is_authenticated:
            # Django redirects plain requests; HTMX would put the sign-in page into a part of this one.
            return _to_sign_in(request) if request.headers.get("HX-Request") == "true" else None
        try:
            keep_role_current(request.session)
        except Refused:
            request.session.flush()
            _set_lazily(request)
            messages.info(request, gettext("You have been signed out. Sign in again to go on."))
            return _to_sign_in(request)
        person = person_of(request.session)
        request.user = person  # type: ignore[assignment]
        if isinstance(person, Person):
            _note_visit(request, person)
            if person.own_role:
                _only_look(request)
        return None


def _note_visit(request: HttpRequest, person: Person) -> None:
    """For the events of this request."""
    session = salted_hmac("accounts.visit", request.session.session_key or "").hexdigest()[:16]
    context.visit.set(context.Visit("web", person.role.value, session))


def _only_look(request: HttpRequest) -> None:
    """Raises Refused for whatever would change something."""
    context.read_only.set(True)
    name = request.resolver_match.view_name if request.resolver_match else ""
    changes = request.method not in _SAFE or name.endswith("-returned")  # where S3 sends a browser back with a file
    if changes and name not in _ALWAYS:
        raise Refused(gettext("You are looking as another role, so nothing can be changed. Stop looking first."))


def _set_lazily(request: HttpRequest) -> None:
    request.user = SimpleLazyObject(lambda: person_of(request.session))  # type: ignore[assignment]


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    over_htmx = request.headers.get("HX-Request") == "true"
    here = request.headers.get("HX-Current-URL", "") if over_htmx else request.get_full_path()
    url = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': here})}" if here else resolve_url(settings.LOGIN_URL)
    return HttpResponseClientRedirect(url) if over_htmx else HttpResponseRedirect(url)


class DenialMiddleware:
    """Writes down who was refused where only a few may go: the one place for all of these areas."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        match = request.resolver_match
        if isinstance(error, Refused) and match and request.path.startswith(_AREAS) and request.user.is_authenticated:
            note_denial(by=request.user, route=match.view_name, user_id=str(match.kwargs.get("user_id", "")))  # type: ignore[arg-type]


class PreferencesMiddleware:
    """Her time zone and language for this request; `request.preferences` for the rest. No read of its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.preferences = SimpleLazyObject(lambda: _preferences(request))  # type: ignore[attr-defined]
        with timezone.override(None), translation.override(translation.get_language()):
            return self.get_response(request)  # undone after the response, also when the view failed

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> None:
        zone = settings.ORGANISATION_TIME_ZONE
        if getattr(view, "login_required", True):
            preferences = _preferences(request)
            zone = preferences.time_zone if is_known(preferences.time_zone) else zone
            translation.activate(preferences.language or settings.LANGUAGE_CODE)
        timezone.activate(ZoneInfo(zone))


def _preferences(request: HttpRequest) -> Preferences:
    try:
        return preferences_of(request.session)
    except PortalError:  # a page that says so must not fail for want of its colours
        return Preferences()
