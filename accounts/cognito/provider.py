from __future__ import annotations

import time
from typing import Any

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

DISCOVERY_SECONDS = 60 * 60
_discovered: dict[str, tuple[float, dict[str, Any]]] = {}


class StatelessLogin(SocialLogin):
    def lookup(self) -> None:
        """There is no table of accounts to look into: Cognito's `sub` is the account."""


class CognitoOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        """Kept for an hour: a sign-in would ask for it twice."""
        url = self.get_provider().server_url
        until, config = _discovered.get(url, (0.0, {}))
        if until < time.monotonic():
            config = super().openid_config
            _discovered[url] = (time.monotonic() + DISCOVERY_SECONDS, config)
        return config


class CognitoProvider(OpenIDConnectProvider):
    package = "accounts.cognito"
    pkce_enabled_default = True
    oauth2_adapter_class = CognitoOAuth2Adapter

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> SocialLogin:
        login = super().sociallogin_from_response(request, response)
        login.__class__ = StatelessLogin
        return login


provider_classes = [CognitoProvider]
