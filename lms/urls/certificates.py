"""Certificates: the public pages that prove them, and their holders' own."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "certificates"

urlpatterns: list[URLPattern] = []
