"""Webhooks, for Admins. A secret stands in one answer, of whatever made it, and nowhere else."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.permissions import Permission, require
from core import clock
from core.errors import Invalid
from core.pages import go, page
from core.saving import saving, status_for
from core.tickets import reserved_id, ticket_for
from webhooks import pages, store
from webhooks.enums import DELIVERIES, Delivery
from webhooks.forms import ReplayForm, RevForm, WebhookForm
from webhooks.services import delivering, managing

_TICKET = "new-webhook"


@require_safe
def webhooks(request: Request) -> HttpResponse:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    return page(request, "webhooks/webhooks.html", {"rows": pages.listing()})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with saving(form):
            made = managing.create(**form.values, webhook_id=reserved_id(request, _TICKET), by=request.user)
        if not form.errors:
            return page(request, "webhooks/made.html", {"made": made, "is_new": True})
    context = {"form": form, "kinds": _kinds(form), "ticket": ticket_for(request, _TICKET)}
    return page(request, "webhooks/edit.html", context, status=status_for(form))


@require_safe
def webhook(request: Request, webhook_id: str) -> HttpResponse:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    state = request.GET.get("state", "")
    if state not in {"", *Delivery}:
        raise Invalid
    model = pages.webhook_page(request.user, webhook_id, state=state, cursor=request.GET.get("cursor"))
    context = {"page": model, "replay": ReplayForm(), "state": state, "states": DELIVERIES}
    return page(request, "webhooks/webhook.html", context, fragment="deliveries")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, webhook_id: str) -> HttpResponse:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    found = store.webhook_by_id(webhook_id)
    initial = {"name": found.name, "url": found.url, "patterns": list(found.patterns), "seen_rev": found.rev}
    form = WebhookForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        seen_rev = form.cleaned_data["seen_rev"]
        with saving(form):
            managing.change(webhook_id=webhook_id, **form.values, seen_rev=seen_rev, by=request.user)
        if not form.errors:
            messages.success(request, gettext("Webhook changed"))
            return go(request, "webhooks:webhook", webhook_id)
    if form.stale:
        form.compared_with(found.rev)
    context = {"form": form, "kinds": _kinds(form), "webhook": found}
    return page(request, "webhooks/edit.html", context, status=status_for(form))


@require_POST
def pause(request: Request, webhook_id: str) -> HttpResponse:
    managing.pause(webhook_id=webhook_id, by=request.user)
    messages.success(request, gettext("Paused. What happens meanwhile is kept."))
    return go(request, "webhooks:webhook", webhook_id)


@require_POST
def resume(request: Request, webhook_id: str) -> HttpResponse:
    managing.resume(webhook_id=webhook_id, by=request.user)
    messages.success(request, gettext("It goes on."))
    return go(request, "webhooks:webhook", webhook_id)


@require_http_methods(["GET", "HEAD", "POST"])
def rotate(request: Request, webhook_id: str) -> HttpResponse:
    """Pressed twice, it makes one new secret: a second would do away with the one that is in use."""
    require(request.user, Permission.WEBHOOKS_MANAGE)
    if request.method == "POST":
        form = RevForm(request.POST)
        if not form.is_valid():
            raise Invalid
        made = managing.rotate(webhook_id=webhook_id, seen_rev=form.cleaned_data["seen_rev"], by=request.user)
        return page(request, "webhooks/made.html", {"made": made, "is_new": False})
    return page(request, "webhooks/rotate.html", {"webhook": store.webhook_by_id(webhook_id)})


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: Request, webhook_id: str) -> HttpResponse:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    if request.method == "POST":
        managing.delete(webhook_id=webhook_id, by=request.user)
        messages.success(request, gettext("Webhook deleted"))
        return go(request, "webhooks:webhooks")
    return page(request, "webhooks/delete.html", {"webhook": store.webhook_by_id(webhook_id)})


@require_POST
def test(request: Request, webhook_id: str) -> HttpResponse:
    managing.test(webhook_id=webhook_id, by=request.user)
    messages.success(request, gettext("A test is on its way."))
    return go(request, "webhooks:webhook", webhook_id)


@require_safe
def delivery(request: Request, webhook_id: str, delivery_id: str) -> HttpResponse:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    return page(request, "webhooks/delivery.html", {"page": pages.delivery_page(webhook_id, delivery_id)})


@require_POST
def replay(request: Request, webhook_id: str, delivery_id: str) -> HttpResponse:
    delivering.replay(webhook_id=webhook_id, delivery_id=delivery_id, by=request.user)
    messages.success(request, gettext("It is sent again."))
    return go(request, "webhooks:webhook", webhook_id)


@require_POST
def replay_failed(request: Request, webhook_id: str) -> HttpResponse:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    form = ReplayForm(request.POST)
    if not form.is_valid():
        raise Invalid
    since = clock.now() - timedelta(hours=form.cleaned_data["hours"])
    count, more = delivering.replay_failed(webhook_id=webhook_id, since=since, by=request.user)
    messages.success(request, ngettext("%d delivery is sent again.", "%d deliveries are sent again.", count) % count)
    if more:
        messages.info(request, gettext("There are more. Ask again when these are through."))
    return go(request, "webhooks:webhook", webhook_id)


def _kinds(form: WebhookForm) -> list[pages.Kind]:
    return pages.kinds(form["patterns"].value() or ())
