"""Attempts of learners, questions and their analysis for authors."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
