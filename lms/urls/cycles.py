"""Taking a course again."""

from __future__ import annotations

from django.urls import path

from lms.views import cycles

urlpatterns = [
    path("courses/<slug:course_id>/renew/", cycles.renew, name="renew"),
    path("courses/<slug:course_id>/history/", cycles.history, name="history"),
]
