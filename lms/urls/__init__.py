from __future__ import annotations

from lms.urls import assigning, authoring, cycles, files, learner, media, paths, quizzes

app_name = "lms"

urlpatterns = [
    *authoring.urlpatterns,
    *files.urlpatterns,
    *media.urlpatterns,
    *quizzes.urlpatterns,
    *assigning.urlpatterns,
    *paths.urlpatterns,
    *cycles.urlpatterns,
    *learner.urlpatterns,
]
