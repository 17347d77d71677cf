"""Teams, as their managers see them."""

from __future__ import annotations

from django.urls import path

from lms.views import teams

urlpatterns = [
    path("teams/", teams.listed, name="teams"),
    path("teams/<slug:team_id>/", teams.team, name="team"),
    path("teams/<slug:team_id>/progress.csv", teams.export, name="team-export"),
    path("teams/<slug:team_id>/<slug:user_id>/", teams.member, name="team-member"),
]
