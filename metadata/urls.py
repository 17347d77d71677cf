from __future__ import annotations

from django.urls import path

from metadata.views import files, merges, options

app_name = "metadata"

urlpatterns = [
    path("", options.manage, name="manage"),
    path("new/", options.new, name="new"),
    path("place/", options.place, name="place"),
    path("export/", files.export, name="export"),
    path("import/", files.bring_in, name="import"),
    path("merges/", merges.merges, name="merges"),
    path("merges/<slug:job_id>/continue/", merges.proceed, name="continue"),
    path("merges/<slug:job_id>/undo/", merges.undo, name="undo"),
    path("<slug:option_id>/", options.option, name="option"),
    path("<slug:option_id>/up/", options.shift, {"places": -1}, name="up"),
    path("<slug:option_id>/down/", options.shift, {"places": 1}, name="down"),
    path("<slug:option_id>/merge/", merges.merge, name="merge"),
    path("<slug:option_id>/archive/", options.archive, name="archive"),
    path("<slug:option_id>/restore/", options.restore, name="restore"),
    path("<slug:option_id>/delete/", options.delete, name="delete"),
]
