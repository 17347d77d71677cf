from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path

from content.views.ownership import hand_over
from metadata.views.picking import pick
from portal import views
from portal.api import api
from portal.home import home
from portal.operations import views as operations
from portal.preferences import preferences
from portal.styleguide import styleguide

handler400 = handler403 = handler404 = "portal.views.refused"
handler500 = "portal.views.broken"

urlpatterns = [
    path("health", views.health, name="health"),
    path("health/ready", views.ready, name="ready"),
    path("", home, name="home"),
    path("", include("analytics.urls")),
    path("content/", include("content.urls")),
    path("learn/", include("lms.urls")),
    path("certificates/", include("lms.urls.certificates")),
    path("manage/users/<slug:user_id>/hand-over/", hand_over, name="hand-over"),
    path("manage/metadata/", include("metadata.urls")),
    path("metadata/pick/", pick, name="pick-options"),
    path("bulk/", include("bulk.urls")),
    path("manage/jobs/", operations.jobs, name="jobs"),
    path("manage/jobs/<str:name>/run/", operations.run, name="job-run"),
    path("manage/jobs/events/<slug:event_id>/replay/", operations.replay, name="event-replay"),
    path("manage/webhooks/", include("webhooks.urls")),
    path("search/", include("search.urls")),
    path("notifications/", include("notifications.urls")),
    path("", include("accounts.urls")),
    path("accounts/preferences/", preferences, name="preferences"),
    path("accounts/", include("accounts.cognito.urls")),
    *([path("styleguide/", styleguide, name="styleguide")] if settings.PORTAL_LOCAL else []),
    path("admin/", admin.site.urls),
    path("v1/", api.urls),
    # Last: whatever nothing above takes.
    re_path(r"^(?P<path>.*)$", views.missing, name="missing"),
]
