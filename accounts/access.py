"""What sign-in and the pages of a person need to know of the request."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import services
from accounts.enums import Role
from accounts.rules import RoleAge, email_is_allowed, role_age
from accounts.sessions import PERSON_KEY
from accounts.signed_in import Preferences, put_managing, put_preferences, put_role
from accounts.store import teams
from core.aws import cognito
from core.errors import Refused, Unavailable

logger = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

_UNANSWERED_SECONDS = 30
_lock = threading.Lock()
_under_way: set[str] = set()
_ask_again_at = 0.0


def fresh_session(view: View) -> View:
    """Marks a view that reads but hands something out, such as a file link: it never trusts a remembered session."""
    view.fresh_session = True  # type: ignore[attr-defined]
    return view


def safe_next(request: HttpRequest) -> str:
    """Where she wanted to go, if that is a page of ours; else empty."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else ""


def keep_role_current(session: SessionBase) -> None:
    """Asks Cognito for her groups when what the session knows is five minutes old.

    Raises Refused when her sign-in was ended there, Unavailable when Cognito has not answered for too long.
    """
    if _age(session) is RoleAge.FRESH:
        return
    # What this process remembers may be a minute old: another may have asked since, and got a new refresh token.
    session.fresh()  # type: ignore[attr-defined]
    if PERSON_KEY not in session:
        raise Refused
    age = _age(session)
    if age is RoleAge.FRESH:
        return
    with _only_once(session[PERSON_KEY]) as first:
        if not first and age is RoleAge.DUE:
            return
        try:
            _renew(session)
        except Unavailable:
            _rest()
            if age is RoleAge.TOO_OLD:
                raise


def _age(session: SessionBase) -> RoleAge:
    return role_age(session.get("role_checked_at", 0), time.time())


def _renew(session: SessionBase) -> None:
    if not session.get("refresh_token"):
        raise Refused
    if time.monotonic() < _ask_again_at:
        raise Unavailable
    renewed = cognito.renew(session["refresh_token"])
    if not email_is_allowed(renewed.claims.get("email", ""), settings.ALLOWED_EMAIL_DOMAINS):
        raise Refused
    put_role(session, Role.highest(renewed.claims.get("cognito:groups") or ()))
    put_managing(session, teams.manages_any(session[PERSON_KEY]))
    if renewed.refresh_token:
        session["refresh_token"] = renewed.refresh_token


@contextmanager
def _only_once(user_id: str) -> Iterator[bool]:
    """False for a request of hers that comes while another one is asking already."""
    with _lock:
        first = user_id not in _under_way
        _under_way.add(user_id)
    try:
        yield first
    finally:
        if first:
            with _lock:
                _under_way.discard(user_id)


def _rest() -> None:
    """After no answer, nobody waits for Cognito again for a while."""
    global _ask_again_at
    _ask_again_at = max(_ask_again_at, time.monotonic() + _UNANSWERED_SECONDS)


def keep_preferences(request: HttpRequest, **chosen: Any) -> None:
    """Saves them in her profile, and in this session, where every page reads them."""
    profile = services.set_preferences(by=request.user, **chosen)  # type: ignore[arg-type]
    put_preferences(request.session, Preferences.of(profile))
