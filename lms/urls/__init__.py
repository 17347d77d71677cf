from __future__ import annotations

from lms.urls import assigning, authoring, learner, media, paths, quizzes

app_name = "lms"

urlpatterns = [
    *authoring.urlpatterns,
    *media.urlpatterns,
    *quizzes.urlpatterns,
    *assigning.urlpatterns,
    *paths.urlpatterns,
    *learner.urlpatterns,
]
