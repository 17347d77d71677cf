"""The one address of allauth's that is open: where Cognito sends the browser back to. Its name is allauth's."""

from __future__ import annotations

from django.urls import path

from accounts.adapter import PROVIDER_ID
from accounts.views import sign_in

urlpatterns = [
    path(
        f"oidc/{PROVIDER_ID}/login/callback/", sign_in.callback, {"provider_id": PROVIDER_ID}, "openid_connect_callback"
    )
]
