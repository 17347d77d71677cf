"""Included by `content.urls` under `<content_id>/files/`."""

from __future__ import annotations

from django.urls import path

from content import file_views as views

urlpatterns = [
    path("", views.start, name="file-start"),
    path("parts/", views.parts, name="file-parts"),
    path("finish/", views.finish, name="file-finish"),
    path("abort/", views.abort, name="file-abort"),
    path("returned/", views.returned, name="file-returned"),
    path("<slug:file_id>/", views.file, name="file"),
    path("<slug:file_id>/remove/", views.remove, name="file-remove"),
    path("<slug:file_id>/up/", views.up, name="file-up"),
    path("<slug:file_id>/down/", views.down, name="file-down"),
]
