from __future__ import annotations

from lms.urls import assigning, authoring, cycles, files, learner, media, paths, quizzes, teams

app_name = "lms"

urlpatterns = [
    # First, because below them `manage/` is followed by the id of a course.
    *assigning.urlpatterns,
    *paths.urlpatterns,
    *authoring.urlpatterns,
    *files.urlpatterns,
    *media.urlpatterns,
    *quizzes.urlpatterns,
    *cycles.urlpatterns,
    *teams.urlpatterns,
    *learner.urlpatterns,
]
