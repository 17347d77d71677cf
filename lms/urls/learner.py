"""The catalogue, courses and lessons as learners see them."""

from __future__ import annotations

from django.urls import path

from lms.views import catalogue, learner, own_learning

_COURSE = "courses/<slug:course_id>/"
_LESSON = _COURSE + "lessons/<slug:lesson_id>/"

urlpatterns = [
    path("", catalogue.courses, name="catalogue"),
    path("paths/", catalogue.paths, name="path-catalogue"),
    path("mine/", own_learning.own, name="mine"),
    path("mine/progress.csv", own_learning.export, name="mine-export"),
    path(_COURSE, learner.course, name="course"),
    path(_COURSE + "continue/", own_learning.go_on, name="continue"),
    path(_COURSE + "finish/", learner.finish, name="finish"),
    path(_COURSE + "related/", learner.related, name="related"),
    path(_LESSON, learner.lesson, name="lesson"),
    path(_LESSON + "done/", learner.done, name="lesson-done"),
    path(_LESSON + "watched/", learner.watched, name="lesson-watched"),
    path(_LESSON + "open/", learner.open_lesson, name="lesson-open"),
]
