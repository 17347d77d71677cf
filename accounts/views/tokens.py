"""Access tokens: a person's own, and for Admins everybody's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import directory, token_pages
from accounts.forms import TokenForm
from accounts.http import Request
from accounts.permissions import Permission, can, require
from accounts.services import tokens as services
from accounts.tokens.scopes import offered_to
from core.pages import go, page
from core.saving import saving, status_for
from core.tickets import reserved_id, ticket_for

_TICKET = "new-token"


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: Request) -> HttpResponse:
    """One's own, and a new one. What it is goes into this one answer and is nowhere else."""
    form = TokenForm(request.POST if request.method == "POST" else None, scopes=offered_to(request.user))
    made = None
    if form.is_valid():
        with saving(form):
            made = services.create(**form.cleaned_data, token_id=reserved_id(request, _TICKET), by=request.user)
    context = {
        "form": form,
        "made": made,
        "ticket": ticket_for(request, _TICKET),
        "listing": token_pages.own(request.user.user_id),
        "sees_all": can(request.user, Permission.PEOPLE_MANAGE),
    }
    return page(request, "accounts/tokens.html", context, status=status_for(form))


@require_POST
def revoke(request: Request, token_id: str) -> HttpResponse:
    """Hers, or for Admins anybody's; back to where the button was."""
    token = services.revoke(token_id=token_id, by=request.user)
    messages.success(request, gettext("Revoked. Whatever used it is refused from now on."))
    if token.user_id == request.user.user_id:
        return go(request, "accounts:tokens")
    return go(request, "accounts:person-tokens", token.user_id)


@require_safe
def everybody(request: Request) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    context = {"listing": token_pages.of_everybody(request.GET.get("cursor"))}
    return page(request, "accounts/tokens_of_all.html", context, fragment="results")


@require_safe
def of_person(request: Request, user_id: str) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    found = directory.colleague(user_id)
    context = {"listing": token_pages.of_person(user_id, found.name), "name": found.name, "user_id": user_id}
    return page(request, "accounts/tokens_of_person.html", context)
