"""Looking after people. Everything here is for Admins; the addresses shown come from Cognito and go nowhere."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import directory
from accounts.enums import AccountState
from accounts.forms import DisableForm, InviteForm, RoleForm
from accounts.http import Request
from accounts.people_list import MAX_TEXT, SHOWN, Show, listing
from accounts.permissions import ROLES, Permission, require
from accounts.person_page import person_page
from accounts.picking import PeopleSource
from accounts.services import people as services
from core import picker
from core.pages import go, page
from core.picker import MOST_FOUND
from core.saving import saving, status_for


@require_safe
def people(request: Request) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    chosen = request.GET.get("show", "")
    show = Show(chosen) if chosen in set(Show) else Show.ALL
    text = " ".join(request.GET.get("q", "").split())[:MAX_TEXT]
    found = listing(request.user, show, text, request.GET.get("cursor"))
    tabs = [{"url": f"?show={one}", "label": label, "current": one is show} for one, label in SHOWN.items()]
    context = {"listing": found, "text": text, "show": show, "tabs": [] if text else tabs}
    return page(request, "accounts/people.html", context, fragment="results")


@require_safe
def pick(request: Request) -> HttpResponse:
    """What pickers of people are answered."""
    require(request.user, Permission.PEOPLE_MANAGE)
    source = PeopleSource(request.user, request.GET.get("beside", "")[:100])
    return picker.answer(source.found(picker.asked(request.GET), MOST_FOUND))


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    form = InviteForm(request.POST or None)
    if form.is_valid():
        with saving(form):
            user_id = services.invite(by=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("Invitation sent"))
            return go(request, "accounts:person", user_id)
    context = {
        "form": form,
        "roles": ROLES.values(),
        "domains": settings.ALLOWED_EMAIL_DOMAINS,
        "federated": bool(settings.COGNITO_IDENTITY_PROVIDER),
    }
    return page(request, "accounts/person_invite.html", context, status=status_for(form))


@require_safe
def person(request: Request, user_id: str) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    return page(request, "accounts/person.html", {"page": person_page(request.user, user_id)})


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: Request, user_id: str) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    colleague = directory.colleague(user_id)
    form = RoleForm(request.POST or None, initial={"role": colleague.role.value})
    if form.is_valid():
        with saving(form):
            services.change_role(user_id=user_id, by=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("Role changed"))
            return go(request, "accounts:person", user_id)
    chosen = form["role"].value()
    roles = [(one, info, one.value == chosen) for one, info in ROLES.items()]
    context = {"form": form, "colleague": colleague, "roles": roles}
    return page(request, "accounts/person_role.html", context, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
def disable(request: Request, user_id: str) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    colleague = directory.colleague(user_id)
    form = DisableForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with saving(form):
            services.disable(user_id=user_id, by=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("Account disabled"))
            return go(request, "accounts:person", user_id)
    context = {"form": form, "colleague": colleague}
    return page(request, "accounts/person_disable.html", context, status=status_for(form))


@require_POST
def enable(request: Request, user_id: str) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    services.enable(user_id=user_id, by=request.user)
    messages.success(request, gettext("Account enabled"))
    return go(request, "accounts:person", user_id)


@require_POST
def sign_out(request: Request, user_id: str) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    services.sign_out_everywhere(user_id=user_id, by=request.user)
    messages.success(request, gettext("Signed out everywhere"))
    return go(request, "accounts:person", user_id)


@require_POST
def reset(request: Request, user_id: str) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    invited = services.reset_password(user_id=user_id, by=request.user) is AccountState.INVITED
    messages.success(request, gettext("Invitation sent again") if invited else gettext("Code sent"))
    return go(request, "accounts:person", user_id)
