"""The catalogue, courses and lessons as learners see them."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
