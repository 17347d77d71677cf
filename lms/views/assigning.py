"""Assigning: the list of all assignments, and the way from a course or a path to those who are to take it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.permissions import Permission, require
from core.pages import page
from core.saving import saving, status_for
from lms.forms.assigning import AssignForm
from lms.pages import assigned, assigning
from lms.pages.assigned_export import lines
from lms.pages.assigning import Plan
from lms.pages.targets import MAX_TEXT, targets_to_choose
from lms.services import assignments
from lms.services.assignments import Target, people

_FORM = "lms/assignments/assign.html"


@require_safe
def listed(request: Request) -> HttpResponse:
    require(request.user, Permission.LEARNING_ASSIGN)
    filters = assigned.asked(request.GET, request.user)
    found = assigned.listing(request.user, filters, request.GET.get("cursor"))
    context = {
        "filters": filters,
        "listing": found,
        "chips": found.chips(request.GET),
        "sorts": assigned.LIST.sorts,
        "assign_url": assigned.assign_url(filters),
    }
    return page(request, "lms/assignments/list.html", context, fragment="results")


@require_safe
def export(request: Request) -> StreamingHttpResponse:
    """The same list as a file, whatever its length."""
    filters = assigned.asked(request.GET, request.user)
    response = StreamingHttpResponse(lines(filters, by=request.user), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="assignments.csv"'
    return response


@require_safe
def choose(request: Request) -> HttpResponse:
    """First, what: a course or a path that people can begin."""
    require(request.user, Permission.LEARNING_ASSIGN)
    text = " ".join(request.GET.get("q", "").split())[:MAX_TEXT]
    context = {"text": text, "targets": targets_to_choose(request.user, text)}
    return page(request, "lms/assignments/choose.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: Request, kind: str, target_id: str) -> HttpResponse:
    """Then whom, and until when. What would become of each is shown before anything is done."""
    require(request.user, Permission.LEARNING_ASSIGN)
    target = assignments.target_of(kind, target_id)
    if "sealed" in request.POST:
        return _done(request, target)
    if request.method == "POST" and "preview" not in request.POST:
        return _searched(request, target)
    form = AssignForm(request.POST or None, request.FILES or None)
    chosen = people.named(request.POST.getlist("person"), by=request.user) if form.is_bound else []
    if form.is_valid():
        with saving(form):
            plan = assigning.plan_of(form, target, [one.user_id for one in chosen])
            assignments.check(plan.order(target))
            outcomes = assigning.carry_out(plan, target, by=request.user, dry_run=True)
            return _page(request, "lms/assignments/preview.html", target, plan, outcomes)
    context = {"form": form, "target": target, "chosen": chosen}
    return page(request, _FORM, context, status=status_for(form))


def _searched(request: Request, target: Target) -> HttpResponse:
    """People who are found, beside those who were chosen before; nothing is judged or written yet."""
    form = AssignForm(initial=request.POST.dict())
    chosen = people.named(request.POST.getlist("person"), by=request.user)
    known = {one.user_id for one in chosen}
    found = [one for one in people.find(request.POST.get("find", ""), by=request.user) if one.user_id not in known]
    context = {"form": form, "target": target, "chosen": chosen, "found": found, "searched": True}
    return page(request, _FORM, context, fragment="people")


def _done(request: Request, target: Target) -> HttpResponse:
    plan = Plan.unsealed(request.POST["sealed"], request.POST.get("text", ""), target)
    outcomes = assigning.carry_out(plan, target, by=request.user, dry_run=False)
    return _page(request, "lms/assignments/done.html", target, plan, outcomes)


def _page(request: Request, template: str, target: Target, plan: Plan, outcomes: Any) -> HttpResponse:
    context = {"target": target, "plan": plan, "order": plan.order(target), **assigning.shown(outcomes)}
    return page(request, template, context)
