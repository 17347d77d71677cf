"""Attempts of learners, questions and their analysis for authors."""

from __future__ import annotations

from django.urls import URLPattern, path

from lms.views import quiz_editing, quiz_managing, quizzes

_QUIZ = "courses/<slug:course_id>/lessons/<slug:lesson_id>/quiz/"
_MANAGE = "manage/<slug:course_id>/lessons/<slug:lesson_id>/quiz/"

urlpatterns: list[URLPattern] = [
    path(f"{_QUIZ}start/", quizzes.start, name="quiz-start"),
    path(f"{_QUIZ}<int:number>/", quizzes.attempt, name="quiz-attempt"),
    path(f"{_QUIZ}<int:number>/answer/", quizzes.answer, name="quiz-answer"),
    path(f"{_QUIZ}<int:number>/answers/", quizzes.answers, name="quiz-answers"),
    path(f"{_QUIZ}<int:number>/submit/", quizzes.submit, name="quiz-submit"),
    path(_MANAGE, quiz_editing.quiz, name="manage-quiz"),
    path(f"{_MANAGE}settings/", quiz_editing.settings, name="quiz-settings"),
    path(f"{_MANAGE}preview/", quiz_editing.preview, name="quiz-preview"),
    path(f"{_MANAGE}text/", quiz_editing.from_text, name="quiz-text"),
    path(f"{_MANAGE}questions/new/", quiz_editing.new_question, name="quiz-question-new"),
    path(f"{_MANAGE}questions/<str:question_id>/", quiz_editing.question, name="quiz-question"),
    path(f"{_MANAGE}questions/<str:question_id>/<slug:change>/", quiz_editing.change, name="quiz-question-change"),
    path(f"{_MANAGE}analysis/", quiz_managing.analysis, name="quiz-analysis"),
    path(f"{_MANAGE}attempts/", quiz_managing.attempts, name="quiz-attempts"),
    path(f"{_MANAGE}attempts/<slug:user_id>/<int:number>/void/", quiz_managing.void, name="quiz-void"),
    path(f"{_MANAGE}regrade/", quiz_managing.regrade, name="quiz-regrade"),
]
