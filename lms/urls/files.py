"""Pictures and files of lessons, at the address to which a text's `files/name.png` leads from its lesson's page."""

from __future__ import annotations

from django.urls import path

from lms.views import lesson_files as views

urlpatterns = [
    path("courses/<str:course_id>/lessons/<str:lesson_id>/files/<str:name>", views.lesson_file, name="lesson-file"),
    path("manage/<str:course_id>/lessons/<str:lesson_id>/files/<str:name>", views.draft_file, name="draft-file"),
]
