"""Assignments, as those who assign see them."""

from __future__ import annotations

from django.urls import URLPattern, path

from lms.views import assigning, assignment, standing

urlpatterns: list[URLPattern] = [
    path("manage/assignments/", assigning.listed, name="assignments"),
    path("manage/assignments/export/", assigning.export, name="assignments-export"),
    path("manage/assignments/new/", assigning.choose, name="assign-what"),
    path("manage/assignments/new/<slug:kind>/<slug:target_id>/", assigning.assign, name="assign"),
    path("manage/assignments/standing/", standing.listed, name="standing"),
    path("manage/assignments/standing/new/", standing.new, name="standing-new"),
    path("manage/assignments/standing/targets/", standing.pick_target, name="standing-targets"),
    path("manage/assignments/standing/teams/", standing.pick_team, name="standing-teams"),
    path("manage/assignments/standing/<str:whom>/<slug:rule_id>/", standing.one, name="standing-one"),
    path("manage/assignments/standing/<str:whom>/<slug:rule_id>/end/", standing.end, name="standing-end"),
    path("manage/assignments/several/<slug:what>/", assignment.change_several, name="assignments-change"),
    path("manage/assignments/<slug:user_id>/<slug:assignment_id>/", assignment.assignment, name="assignment"),
    path(
        "manage/assignments/<slug:user_id>/<slug:assignment_id>/<slug:what>/",
        assignment.change,
        name="assignment-change",
    ),
    path("courses/<slug:course_id>/note/", assignment.note, name="course-note"),
]
