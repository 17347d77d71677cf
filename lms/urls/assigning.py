"""Assignments, as those who assign see them."""

from __future__ import annotations

from django.urls import URLPattern, path

from lms.views import assigning, assignment

urlpatterns: list[URLPattern] = [
    path("manage/assignments/", assigning.listed, name="assignments"),
    path("manage/assignments/export/", assigning.export, name="assignments-export"),
    path("manage/assignments/new/", assigning.choose, name="assign-what"),
    path("manage/assignments/new/<slug:kind>/<slug:target_id>/", assigning.assign, name="assign"),
    path("manage/assignments/several/<slug:what>/", assignment.change_several, name="assignments-change"),
    path("manage/assignments/<slug:user_id>/<slug:assignment_id>/", assignment.assignment, name="assignment"),
    path(
        "manage/assignments/<slug:user_id>/<slug:assignment_id>/<slug:what>/",
        assignment.change,
        name="assignment-change",
    ),
    path("courses/<slug:course_id>/note/", assignment.note, name="course-note"),
]
