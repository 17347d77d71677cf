from __future__ import annotations

from django.urls import include, path, re_path

from portal import views

handler400 = handler403 = handler404 = "portal.views.refused"
handler500 = "portal.views.broken"

urlpatterns = [
    path("health", views.health, name="health"),
    path("health/ready", views.ready, name="ready"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("accounts.cognito.urls")),
    # Last: whatever nothing above takes.
    re_path(r"^(?P<path>.*)$", views.missing, name="missing"),
]
