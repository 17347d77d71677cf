"""What managers see of the learning of their teams. Never an answer to a quiz."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from accounts.enums import Role
from accounts.http import Request
from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.services.managing import managed_by, team_and_member
from core.pages import Action, go, page
from lms.pages.mine import mine
from lms.pages.team_export import lines
from lms.pages.team_progress import team_progress


@require_safe
def listed(request: Request) -> HttpResponse:
    """Her teams; who manages one is there already."""
    teams = managed_by(request.user)
    if len(teams) == 1:
        return go(request, "lms:team", teams[0].team_id)
    all_teams = (
        Action(gettext("All teams"), reverse("accounts:teams")) if can(request.user, Permission.PEOPLE_MANAGE) else None
    )
    return page(request, "lms/teams/list.html", {"teams": teams, "all_teams": all_teams})


@require_safe
def team(request: Request, team_id: str) -> HttpResponse:
    found = team_progress(request.user, team_id, request.GET)
    return page(request, "lms/teams/team.html", {"page": found}, fragment="results")


@require_safe
def export(request: Request, team_id: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines(request.user, team_id), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="team-progress.csv"'
    return response


@require_safe
def member(request: Request, team_id: str, user_id: str) -> HttpResponse:
    """Her page of own learning, as far as the manager may see the courses herself."""
    found, name = team_and_member(team_id, user_id, request.user)
    name = name or gettext("Somebody who never signed in")
    context = {"team": found, "name": name, "mine": mine(Person(user_id, name, Role.VIEWER), told_to=request.user)}
    return page(request, "lms/teams/member.html", context)
