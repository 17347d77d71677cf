"""Learning paths, for learners and authors."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
