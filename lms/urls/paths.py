"""Learning paths, for learners and authors."""

from __future__ import annotations

from django.urls import URLPattern, path

from lms.views import path_authoring, paths

_PATH = "manage/paths/<slug:path_id>/"

urlpatterns: list[URLPattern] = [
    path("paths/<slug:path_id>/", paths.path, name="path"),
    path("paths/<slug:path_id>/steps/<int:number>/", paths.step, name="path-step"),
    path("manage/paths/", path_authoring.manage, name="manage-paths"),
    path("manage/paths/new/", path_authoring.new, name="path-new"),
    path(_PATH, path_authoring.manage_one, name="manage-path"),
    path(f"{_PATH}edit/", path_authoring.edit, name="path-edit"),
    path(f"{_PATH}steps/add/", path_authoring.add_step, name="step-add"),
    path(f"{_PATH}steps/place/", path_authoring.place_step, name="step-place"),
    path(f"{_PATH}steps/<slug:step_id>/<slug:what>/", path_authoring.change_step, name="step-change"),
    path(f"{_PATH}<slug:move>/", path_authoring.move, name="path-move"),
]
