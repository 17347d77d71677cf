"""Certificates: the public pages that prove them, and their holders' own."""

from __future__ import annotations

from django.urls import path

from lms.views import certificates

app_name = "certificates"

urlpatterns = [
    path("verify/", certificates.verify, name="verify"),
    path("verify/<str:code>/", certificates.verify_code, name="verify-code"),
    path("<slug:certificate_id>/", certificates.certificate, name="certificate"),
    path("<slug:certificate_id>/pdf/", certificates.pdf, name="pdf"),
    path("<slug:certificate_id>/revoke/", certificates.revoke, name="revoke"),
]
