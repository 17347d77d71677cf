from __future__ import annotations

from django.urls import path

from analytics.views import dashboards, exports, statements, things

app_name = "analytics"

urlpatterns = [
    path("manage/analytics/", dashboards.overview, name="overview"),
    path("manage/analytics/content/", dashboards.content, name="content"),
    path("manage/analytics/learning/", dashboards.learning, name="learning"),
    path("manage/analytics/search/", dashboards.search, name="search"),
    path("manage/analytics/people/", dashboards.people, name="people"),
    path("manage/analytics/pick/", dashboards.pick, name="pick"),
    path("manage/analytics/xapi/", statements.xapi, name="xapi"),
    path("manage/analytics/export/<slug:name>/", exports.export, name="export"),
    path("content/<slug:content_id>/usage/", things.item, name="item"),
    path("content/<slug:content_id>/usage/export/", exports.item, name="item-export"),
    path("learn/courses/<slug:course_id>/usage/", things.course, name="course"),
    path("learn/courses/<slug:course_id>/usage/export/<slug:name>/", exports.course, name="course-export"),
    path("learn/paths/<slug:path_id>/usage/", things.path, name="path"),
    path("learn/paths/<slug:path_id>/usage/export/<slug:name>/", exports.path, name="path-export"),
]
