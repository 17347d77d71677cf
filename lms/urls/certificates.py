"""Certificates: the public pages that prove them, and their holders' own."""

from __future__ import annotations

from django.urls import path

from lms.views import badges, certificates

app_name = "certificates"

urlpatterns = [
    path("verify/", certificates.verify, name="verify"),
    path("verify/<str:code>/", certificates.verify_code, name="verify-code"),
    path("courses/<slug:course_id>/", certificates.of_course, name="of-course"),
    path("issuer/", badges.issuer, name="issuer"),
    path("issuer/jwks.json", badges.jwks, name="jwks"),
    path("issuer/keys/<slug:thumbprint>/", badges.key, name="key"),
    path("status/<slug:name>/", badges.status_list, name="status-list"),
    path("<slug:certificate_id>/", certificates.certificate, name="certificate"),
    path("<slug:certificate_id>/badge/", badges.badge, name="badge"),
    path("<slug:certificate_id>/pdf/", certificates.pdf, name="pdf"),
    path("<slug:certificate_id>/revoke/", certificates.revoke, name="revoke"),
]
