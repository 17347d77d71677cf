"""Handing over what a person owns. It stands among the pages about people, and is for Admins."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from accounts import directory
from accounts.about import facts_about
from accounts.directory import Colleague
from accounts.enums import AccountState
from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.picking import PeopleSource
from content.forms import HandOverForm
from content.services import ownership
from core.errors import Invalid
from core.pages import go, page
from core.saving import saving, status_for


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: Request, user_id: str) -> HttpResponse:
    """Each POST moves one page of her items; while there are more, the form goes on where it stopped."""
    require(request.user, Permission.PEOPLE_MANAGE)
    person = directory.colleague(user_id)
    form = HandOverForm(request.POST or None, sources={"to_user": PeopleSource(request.user)})
    done, cursor = 0, None
    if form.is_valid():
        with saving(form):
            to_user = _new_owner(form.cleaned_data["to_user"])
            cursor = form.cleaned_data["cursor"] or None
            found = ownership.hand_over(from_user=user_id, to_user=to_user.person, by=request.user, cursor=cursor)
            done, cursor = form.cleaned_data["done"] + found.moved, found.next_cursor
            if found.kept:
                messages.warning(request, gettext("Some items were being changed by others. Hand over once more."))
        if not form.errors and cursor is None:
            messages.success(request, ngettext("%d item handed over", "%d items handed over", done) % done)
            return go(request, "accounts:person", user_id)
        form.go_on(done, cursor)
    facts = [fact for fact in facts_about(request.user, [user_id])[user_id] if fact.owned]
    context = {"person": person, "form": form, "facts": facts, "done": done, "under_way": cursor is not None}
    return page(request, "content/hand_over.html", context, status=status_for(form))


def _new_owner(user_id: str) -> Colleague:
    found = directory.colleague(user_id)
    if found.state is AccountState.DISABLED:
        raise Invalid(fields={"to_user": gettext("This account is disabled.")})
    return found
