from __future__ import annotations

from django.urls import path

from bulk import views

app_name = "bulk"
urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("jobs/<slug:job_id>/", views.job, name="job"),
    path("jobs/<slug:job_id>/start/", views.start, name="start"),
    path("jobs/<slug:job_id>/step/", views.step, name="step"),
    path("jobs/<slug:job_id>/stop/", views.stop, name="stop"),
    path("jobs/<slug:job_id>/result.csv", views.result, name="result"),
    path("<slug:kind>/", views.choose, name="choose"),
    path("<slug:kind>/file/", views.file, name="file"),
]
