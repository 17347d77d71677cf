"""Teams, for Admins: made, named, filled and taken apart."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import AddToTeamForm, PartForm, TeamForm
from accounts.http import Request
from accounts.lookup import enabled_among
from accounts.permissions import Permission, require
from accounts.picking import PeopleSource
from accounts.services import teams as services
from accounts.store import teams as store
from accounts.team_pages import chosen_in, listing, team_page
from core.errors import Invalid
from core.pages import go, page
from core.saving import saving, status_for


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: Request) -> HttpResponse:
    """All teams, and a new one."""
    require(request.user, Permission.PEOPLE_MANAGE)
    form = TeamForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with saving(form):
            team = services.create(name=form.cleaned_data["name"], by=request.user)
        if not form.errors:
            messages.success(request, gettext("Team created"))
            return go(request, "accounts:team", team.team_id)
    context = {"form": form, "listing": listing(request.GET.get("cursor"))}
    return page(request, "accounts/teams.html", context, fragment="results", status=status_for(form))


@require_safe
def team(request: Request, team_id: str) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    return _page(request, team_id, _adding(request, team_id))


@require_POST
def add(request: Request, team_id: str) -> HttpResponse:
    """Those who were chosen; the form's own search shows it again."""
    require(request.user, Permission.PEOPLE_MANAGE)
    form = _adding(request, team_id, request.POST)
    count = 0
    if form.is_valid():
        with saving(form):
            users = enabled_among(chosen_in(form.cleaned_data["people"]))
            user_ids, role = [user.user_id for user in users], form.cleaned_data["role"]
            count = services.add(team_id=team_id, user_ids=user_ids, role=role, by=request.user)
    if form.searching or form.errors:
        return _page(request, team_id, form)
    messages.success(request, ngettext("%d person added", "%d people added", count) % count)
    return go(request, "accounts:team", team_id)


@require_POST
def part(request: Request, team_id: str) -> HttpResponse:
    """Makes one of its people a manager or a member, or takes her out."""
    require(request.user, Permission.PEOPLE_MANAGE)
    form = PartForm(request.POST)
    if not form.is_valid():
        raise Invalid
    user_id, role = form.cleaned_data["person"], form.cleaned_data["role"]
    if user_id not in store.roster_of(team_id).by_id:
        messages.info(request, gettext("This person is not in the team any more."))
    elif role:
        services.add(team_id=team_id, user_ids=[user_id], role=role, by=request.user)
        messages.success(request, gettext("Changed"))
    else:
        services.remove(team_id=team_id, user_ids=[user_id], by=request.user)
        messages.success(request, gettext("Removed"))
    return go(request, "accounts:team", team_id)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: Request, team_id: str) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    found = store.team_by_id(team_id)
    form = TeamForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if form.is_valid():
        with saving(form):
            services.rename(team_id=team_id, name=form.cleaned_data["name"], by=request.user)
        if not form.errors:
            messages.success(request, gettext("Team renamed"))
            return go(request, "accounts:team", team_id)
    return page(request, "accounts/team_rename.html", {"form": form, "team": found}, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: Request, team_id: str) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    found = store.team_by_id(team_id)
    if request.method == "POST":
        services.delete(team_id=team_id, by=request.user)
        messages.success(request, gettext("Team deleted"))
        return go(request, "accounts:teams")
    context = {"team": found, "refused": services.deletion_refusal(found)}
    return page(request, "accounts/team_delete.html", context)


def _adding(request: Request, team_id: str, data: QueryDict | None = None) -> AddToTeamForm:
    return AddToTeamForm(data, sources={"people": PeopleSource(request.user, team_id)})


def _page(request: Request, team_id: str, form: AddToTeamForm) -> HttpResponse:
    context = {"page": team_page(request.user, team_id), "form": form}
    return page(request, "accounts/team.html", context, status=status_for(form))
