"""Assignments, as those who assign see them."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
