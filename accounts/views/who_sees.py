"""For Admins: who can see a thing and why, and the portal as another role sees it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import visibility
from accounts.directory import colleague
from accounts.enums import Role
from accounts.forms import AskAboutForm
from accounts.http import Request
from accounts.permissions import ROLES, Permission, require
from accounts.person import Person
from accounts.picking import PeopleSource
from accounts.services import viewing
from core.errors import Invalid, NotFound
from core.pages import go, page
from core.saving import status_for


@dataclass(frozen=True)
class Line:
    """`what` is what she has to do with it, or her role in words."""

    name: str
    what: str
    grounds: list[str]


@require_safe
def who_sees(request: Request, kind: str, thing_id: str) -> HttpResponse:
    require(request.user, Permission.AUDIT_READ)
    noun = visibility.noun(kind)
    subject = noun.load(thing_id)
    roles = [
        Line(info.title, info.description, visibility.grounds(kind, subject, visibility.stranger(role)))
        for role, info in ROLES.items()
    ]
    form = AskAboutForm(request.GET or None, sources={"person": PeopleSource(request.user)})
    asked = form.cleaned_data["person"] if form.is_valid() else ""
    context = {
        "subject": subject,
        "noun": noun,
        "roles": roles,
        "people": [_line(kind, subject, user_id, what) for user_id, what in subject.involved.items()],
        "form": form,
        "asked": [_line(kind, subject, asked, "")] if asked else [],
    }
    return page(request, "accounts/who_sees.html", context, status=status_for(form))


def _line(kind: str, subject: visibility.Subject, user_id: str, what: str) -> Line:
    try:
        person = colleague(user_id).person
    except NotFound:
        return Line(gettext("Former colleague"), what, [])
    return Line(f"{person.name}, {ROLES[person.role].title}", what, visibility.grounds(kind, subject, person))


@require_http_methods(["GET", "HEAD", "POST"])
def view_as(request: Request) -> HttpResponse:
    require(request.user, Permission.PEOPLE_MANAGE)
    lower = {role: info for role, info in ROLES.items() if role is not Role.ADMIN}
    if request.method == "POST":
        role = next((role for role in lower if role.value == request.POST.get("role")), None)
        if role is None:
            raise Invalid(gettext("Choose one of the roles."))
        viewing.start(session=request.session, role=role, by=request.user)
        return go(request, "home")
    return page(request, "accounts/view_as.html", {"roles": lower})


@require_POST
def stop(request: Request) -> HttpResponse:
    person = request.user
    viewing.stop(session=request.session, by=Person(person.user_id, person.name, person.own_role or person.role))
    messages.success(request, gettext("You see the portal as yourself again."))
    return go(request, "home")
