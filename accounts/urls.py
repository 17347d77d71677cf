from __future__ import annotations

from django.urls import path

from accounts.views import audit, people, sign_in, teams, tokens, who_sees

app_name = "accounts"
urlpatterns = [
    path("accounts/login/", sign_in.login, name="login"),
    path("accounts/logout/", sign_in.logout, name="logout"),
    path("accounts/theme/", sign_in.theme, name="theme"),
    path("accounts/tokens/", tokens.tokens, name="tokens"),
    path("accounts/tokens/<slug:token_id>/revoke/", tokens.revoke, name="token-revoke"),
    path("manage/tokens/", tokens.everybody, name="all-tokens"),
    path("manage/users/", people.people, name="people"),
    path("manage/users/invite/", people.invite, name="invite"),
    path("manage/users/pick/", people.pick, name="pick"),
    path("manage/users/<slug:user_id>/", people.person, name="person"),
    path("manage/users/<slug:user_id>/role/", people.role, name="person-role"),
    path("manage/users/<slug:user_id>/disable/", people.disable, name="person-disable"),
    path("manage/users/<slug:user_id>/enable/", people.enable, name="person-enable"),
    path("manage/users/<slug:user_id>/sign-out/", people.sign_out, name="person-sign-out"),
    path("manage/users/<slug:user_id>/reset/", people.reset, name="person-reset"),
    path("manage/users/<slug:user_id>/tokens/", tokens.of_person, name="person-tokens"),
    path("manage/teams/", teams.listed, name="teams"),
    path("manage/teams/<slug:team_id>/", teams.team, name="team"),
    path("manage/teams/<slug:team_id>/add/", teams.add, name="team-add"),
    path("manage/teams/<slug:team_id>/part/", teams.part, name="team-part"),
    path("manage/teams/<slug:team_id>/rename/", teams.rename, name="team-rename"),
    path("manage/teams/<slug:team_id>/delete/", teams.delete, name="team-delete"),
    path("manage/access/<slug:kind>/<slug:thing_id>/", who_sees.who_sees, name="who-sees"),
    path("manage/view-as/", who_sees.view_as, name="view-as"),
    path("manage/view-as/stop/", who_sees.stop, name="view-as-stop"),
    path("manage/audit/", audit.audit, name="audit"),
    path("manage/audit/export/", audit.export, name="audit-export"),
]
