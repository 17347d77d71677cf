"""Where allauth hands over: which application signs in, and what becomes of a sign-in."""

from __future__ import annotations

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext

from accounts import services
from accounts.enums import Role
from accounts.person import Person
from accounts.rules import display_name, email_is_allowed
from accounts.signed_in import Preferences, put_managing, put_person, put_preferences
from accounts.store import teams
from core import clock, context
from core.aws.user_pool import person_id
from core.events import Event, telling

logger = logging.getLogger(__name__)

PROVIDER_ID = "cognito"


class CognitoAdapter(DefaultSocialAccountAdapter):
    def list_apps(
        self,
        request: HttpRequest,
        provider: str | None = None,
        client_id: str | None = None,
    ) -> list[SocialApp]:
        """From the settings alone; the default would ask a database."""
        return [_app()]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The sign-in ends here: the rest of allauth's way leads to database users."""
        claims = sociallogin.account.extra_data["id_token"]
        if not email_is_allowed(claims.get("email", ""), settings.ALLOWED_EMAIL_DOMAINS):
            logger.warning("sign-in refused", extra={"reason": "email_domain"})
            raise ImmediateHttpResponse(_refused(request))
        role = Role.highest(claims.get("cognito:groups") or ())
        person = Person(user_id=person_id(claims), name=display_name(claims), role=role)
        told = Event("user.signed_in", person.user_id, person.user_id, visit=context.Visit("web", role.value))
        with telling(told):
            profile = services.ensure_profile(by=person, signed_in_at=clock.now())
        # A fresh key and a fresh token: what was known before the sign-in is worth nothing after it.
        request.session.flush()
        rotate_token(request)
        put_person(request.session, person, refresh_token=sociallogin.token.token_secret)
        put_managing(request.session, teams.manages_any(person.user_id))
        put_preferences(request.session, Preferences.of(profile))
        # `next` was checked before it went into the state, and the state never leaves the server.
        raise ImmediateHttpResponse(
            HttpResponseRedirect(sociallogin.state.get("next") or resolve_url(settings.LOGIN_REDIRECT_URL))
        )

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        logger.warning(
            "sign-in failed",
            extra={"reason": str(error), "error_type": type(exception).__name__ if exception else None},
        )
        raise ImmediateHttpResponse(_failed(request, cancelled=error == AuthError.CANCELLED))


def _app() -> SocialApp:
    parameters = {"identity_provider": settings.COGNITO_IDENTITY_PROVIDER} if settings.COGNITO_IDENTITY_PROVIDER else {}
    return SocialApp(
        provider="openid_connect",
        provider_id=PROVIDER_ID,
        name="Cognito",
        client_id=settings.COGNITO_USER_POOL_CLIENT_ID,
        secret=settings.COGNITO_USER_POOL_CLIENT_SECRET,
        settings={
            "server_url": f"{settings.COGNITO_ISSUER_URL}/.well-known/openid-configuration",
            "fetch_userinfo": False,  # the ID token alone carries the groups
            "token_auth_method": "client_secret_basic" if settings.COGNITO_USER_POOL_CLIENT_SECRET else "none",
            "auth_params": parameters,
        },
    )


def _refused(request: HttpRequest) -> HttpResponse:
    domains = " / ".join(settings.ALLOWED_EMAIL_DOMAINS)
    text = gettext("Only people with an address at %(domains)s can sign in. You used another one.") % {
        "domains": domains
    }
    context = {"headline": gettext("This account cannot sign in"), "text": text, "use_other_account": True}
    return render(request, "accounts/sign_in_failed.html", context, status=403)


def _failed(request: HttpRequest, *, cancelled: bool) -> HttpResponse:
    if cancelled:
        headline, text = gettext("Sign-in cancelled"), gettext("You stopped before it was complete. Nothing happened.")
    else:
        headline = gettext("Sign-in did not work")
        text = gettext("It may have taken too long, or the page was opened twice. Start again, please.")
    return render(
        request, "accounts/sign_in_failed.html", {"headline": headline, "text": text}, status=200 if cancelled else 401
    )
