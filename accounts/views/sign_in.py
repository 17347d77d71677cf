from __future__ import annotations

import logging

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from accounts.access import fresh_session, keep_preferences, safe_next
from accounts.adapter import PROVIDER_ID
from accounts.cognito.provider import CognitoOAuth2Adapter
from accounts.forms import ThemeForm
from accounts.permissions import ROLES
from core.aws import cognito
from core.aws.local import demo
from core.errors import Invalid, PortalError, Unavailable
from core.pages import HtmxRequest, go

logger = logging.getLogger(__name__)

_SIGN_IN_SECONDS = 15 * 60


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """GET offers to sign in, POST goes to Cognito's page."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(safe_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
    if request.method == "POST":
        return _go_to_cognito(request)
    accounts = [
        {"account": account, "role": info.title, "description": info.description}
        for account in (demo.ACCOUNTS if settings.PORTAL_LOCAL else ())
        for role, info in ROLES.items()
        if role == account.group
    ]
    context = {"next": safe_next(request), "demo_accounts": accounts, "demo_password": demo.PASSWORD}
    return render(request, "accounts/login.html", context)


def _go_to_cognito(request: HttpRequest) -> HttpResponse:
    provider = get_adapter(request).get_provider(request, provider=PROVIDER_ID)
    request.session.set_expiry(_SIGN_IN_SECONDS)  # nobody is signed in yet: what remembers the attempt ends soon
    try:
        response: HttpResponse = provider.redirect(request, "login", next_url=safe_next(request) or None)
    except RequestException as error:
        raise Unavailable("The sign-in service is not answering. Try again in a moment.") from error
    return response


@login_not_required
@fresh_session
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where Cognito sends the browser back to."""
    response: HttpResponse = OAuth2CallbackView.adapter_view(CognitoOAuth2Adapter(request, provider_id))(request)
    return response


@login_not_required
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Ends the session here, the tokens, and Cognito's own session in this browser."""
    refresh_token = request.session.get("refresh_token")
    request.session.flush()
    if refresh_token:
        _revoke(refresh_token)
    login_url = reverse("accounts:login")
    if not settings.COGNITO_LOGOUT_URL:
        return HttpResponseRedirect(login_url)
    back = {"client_id": settings.COGNITO_USER_POOL_CLIENT_ID, "logout_uri": request.build_absolute_uri(login_url)}
    return HttpResponseRedirect(f"{settings.COGNITO_LOGOUT_URL}?{urlencode(back)}")


def _revoke(refresh_token: str) -> None:
    try:
        cognito.revoke(refresh_token)
    except PortalError:  # she is signed out here in any case
        logger.warning("refresh token not revoked")


@require_POST
def theme(request: HtmxRequest) -> HttpResponse:
    form = ThemeForm(request.POST)
    if not form.is_valid():
        raise Invalid
    keep_preferences(request, **form.cleaned_data)
    if request.htmx:
        return HttpResponse(status=204)
    return go(request, safe_next(request) or settings.LOGIN_REDIRECT_URL)
