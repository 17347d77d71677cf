"""Pictures and files of lessons, where a text's `files/name.png` leads from its lesson's page and from those of its quiz."""

from __future__ import annotations

from django.urls import URLPattern, path

from lms.views import lesson_files as views

_LESSON = "courses/<slug:course_id>/lessons/<slug:lesson_id>/"
_DRAFT = "manage/<slug:course_id>/lessons/<slug:lesson_id>/"
_FILE = "files/<str:name>"

urlpatterns: list[URLPattern] = [
    path(f"{_LESSON}{_FILE}", views.lesson_file, name="lesson-file"),
    path(f"{_LESSON}quiz/<path:below>/{_FILE}", views.lesson_file, name="quiz-file"),
    path(f"{_DRAFT}{_FILE}", views.draft_file, name="draft-file"),
    path(f"{_DRAFT}quiz/{_FILE}", views.draft_file, name="quiz-draft-file"),
    path(f"{_DRAFT}quiz/<path:below>/{_FILE}", views.draft_file, name="question-draft-file"),
]
