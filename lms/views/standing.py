"""Standing assignments: what whoever joins a team, or gets a role, is asked to take."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.picking import TeamSource
from core import picker
from core.pages import go, page
from core.picker import MOST_FOUND, Source
from core.saving import saving, status_for
from lms.forms.standing import EndForm, RuleFields, StandingForm
from lms.pages.standing import TargetSource, listing, rule_page
from lms.services.assignments import joining, standing, target_of
from lms.store.standing import rule_by_id


@require_safe
def listed(request: Request) -> HttpResponse:
    require(request.user, Permission.LEARNING_ASSIGN)
    rows, cursor = listing(request.GET.get("cursor"))
    return page(request, "lms/standing/list.html", {"rows": rows, "next_cursor": cursor})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    require(request.user, Permission.LEARNING_ASSIGN)
    sources: dict[str, Source] = {"target": TargetSource(request.user), "team": _teams()}
    initial = {name: request.GET[name] for name in ("target", "team") if name in request.GET}
    form = StandingForm(request.POST if request.method == "POST" else None, sources=sources, initial=initial)
    if form.is_valid():
        with saving(form):
            kind, _, target_id = form.cleaned_data["target"].partition(":")
            data = {"days": form.cleaned_data["days"], "note": form.cleaned_data["note"]}
            rule = standing.begin(whom=form.chosen, target=target_of(kind, target_id), by=request.user, **data)
            joining.go_on(rule)
        if not form.errors:
            messages.success(request, gettext("Standing assignment made"))
            return go(request, "lms:standing-one", rule.whom, rule.rule_id)
    return page(request, "lms/standing/new.html", {"form": form}, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, whom: str, rule_id: str) -> HttpResponse:
    """Its page, where what who joins later gets is changed."""
    require(request.user, Permission.LEARNING_ASSIGN)
    rule = rule_by_id(whom, rule_id, fresh=request.method == "POST")
    form = RuleFields(request.POST or None, initial={"days": rule.days, "note": rule.note})
    if form.is_valid():
        with saving(form):
            standing.change(rule=rule, by=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("Changed"))
            return go(request, "lms:standing-one", whom, rule_id)
    context = {"page": rule_page(request.user, rule), "form": form}
    return page(request, "lms/standing/one.html", context, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, whom: str, rule_id: str) -> HttpResponse:
    require(request.user, Permission.LEARNING_ASSIGN)
    rule = rule_by_id(whom, rule_id, fresh=request.method == "POST")
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ended = standing.end(rule=rule, withdraw=form.cleaned_data["withdraw"], by=request.user)
        if ended.under_way:
            joining.go_on(ended)
        messages.success(request, gettext("Standing assignment ended"))
        return go(request, "lms:standing")
    context = {"page": rule_page(request.user, rule), "form": form}
    return page(request, "lms/standing/end.html", context, status=status_for(form))


@require_safe
def pick_target(request: Request) -> HttpResponse:
    require(request.user, Permission.LEARNING_ASSIGN)
    return picker.answer(TargetSource(request.user).found(picker.asked(request.GET), MOST_FOUND))


@require_safe
def pick_team(request: Request) -> HttpResponse:
    require(request.user, Permission.LEARNING_ASSIGN)
    return picker.answer(_teams().found(picker.asked(request.GET), MOST_FOUND))


def _teams() -> TeamSource:
    return TeamSource(reverse("lms:standing-teams"))
