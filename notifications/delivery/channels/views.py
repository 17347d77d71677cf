"""Slack channels, for Admins."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.permissions import Permission, require
from core.pages import go, page
from core.saving import saving, status_for
from core.tickets import reserved_id, ticket_for
from notifications.delivery.channels import services, store
from notifications.delivery.channels.forms import ChannelForm
from notifications.delivery.channels.rules import TOPICS

_TICKET = "new-channel"


@require_safe
def channels(request: Request) -> HttpResponse:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    rows = [
        {"channel": one, "told": [TOPICS[topic].label for topic in one.topics if topic in TOPICS]}
        for one in store.all_channels()
    ]
    return page(request, "notifications/channels.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    form = ChannelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with saving(form):
            services.create(**form.values, channel_id=reserved_id(request, _TICKET), by=request.user)
        if not form.errors:
            messages.success(request, gettext("Channel added"))
            return go(request, "notifications:channels")
    context = {"form": form, "ticket": ticket_for(request, _TICKET)}
    return page(request, "notifications/channel.html", context, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, channel_id: str) -> HttpResponse:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    found = store.channel_by_id(channel_id)
    initial = {"name": found.name, "topics": found.topics, "audience": found.audience, "seen_rev": found.rev}
    form = ChannelForm(request.POST if request.method == "POST" else None, initial=initial, has_address=True)
    if form.is_valid():
        with saving(form):
            seen_rev = form.cleaned_data["seen_rev"]
            services.change(channel_id=channel_id, **form.values, seen_rev=seen_rev, by=request.user)
        if not form.errors:
            messages.success(request, gettext("Channel changed"))
            return go(request, "notifications:channels")
    if form.stale:
        form.compared_with(found.rev)
    return page(request, "notifications/channel.html", {"form": form, "channel": found}, status=status_for(form))


@require_POST
def test(request: Request, channel_id: str) -> HttpResponse:
    trouble = services.test(channel_id=channel_id, by=request.user)
    if trouble:
        messages.error(request, gettext("Nothing was written. %(why)s") % {"why": trouble})
    else:
        messages.success(request, gettext("Written. Look into the channel."))
    return go(request, "notifications:channel", channel_id)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: Request, channel_id: str) -> HttpResponse:
    require(request.user, Permission.WEBHOOKS_MANAGE)
    found = store.channel_by_id(channel_id)
    if request.method != "POST":
        return page(request, "notifications/channel_delete.html", {"channel": found})
    services.delete(channel_id=channel_id, by=request.user)
    messages.success(request, gettext("Channel deleted"))
    return go(request, "notifications:channels")
