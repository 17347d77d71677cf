"""The inbox, the bell, and what somebody follows. All of it is hers alone: whose, the session says."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.store import profile_of
from core import clock
from core.errors import Invalid
from core.pages import go, page
from core.saving import saving, status_for
from notifications import pages
from notifications.following_page import following_page
from notifications.forms import FollowForm
from notifications.preferences_page import preferences_page
from notifications.services import choosing, following
from notifications.services import inbox as services
from notifications.store import inbox as store

CHANGED = "notifications-changed"
"""What the bell listens for."""


@require_safe
def inbox(request: Request) -> HttpResponse:
    kind = request.GET.get("kind", "")
    if kind and not pages.is_kind(kind):
        raise Invalid
    unread, cursor = request.GET.get("unread") == "1", request.GET.get("cursor")
    model = pages.inbox_page(request.user, unread=unread, kind=kind, cursor=cursor)
    return page(request, "notifications/inbox.html", {"page": model}, fragment="list")


@login_not_required
@require_safe
def bell(request: Request) -> HttpResponse:
    """The number on the bell: one request, asked for when a page is there and every two minutes.

    Open without a session, too: a page on which somebody writes must not be led to the sign-in by its bell, and asking
    again and again must not keep a session alive.
    """
    count = int(store.head_of(request.user.user_id).unread) if request.user.is_authenticated else 0
    response = render(request, "notifications/_bell.html", {"count": count, "shown": "99+" if count > 99 else count})
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def opened(request: Request, notification_id: str) -> HttpResponse:
    """Leads to what it is about, and marks it read. What she may not see any more leads back to the inbox."""
    found = services.open_one(notification_id=notification_id, by=request.user)
    (row,) = pages.rows_of(request.user, [found])
    if not row.path:
        messages.info(request, gettext("This is no longer available to you.") if row.is_gone else str(row.title))
    return go(request, row.path or "notifications:inbox")


@require_POST
def mark(request: Request, notification_id: str) -> HttpResponse:
    read = request.POST.get("read", "1") == "1"
    found = services.mark_read(notification_id=notification_id, by=request.user, read=read)
    if not request.htmx:
        return go(request, "notifications:inbox")
    (row,) = pages.rows_of(request.user, [found])
    response = page(request, "notifications/inbox.html", {"row": row}, fragment="row")
    response.headers["HX-Trigger"] = CHANGED
    return response


@require_POST
def mark_all(request: Request) -> HttpResponse:
    try:
        until = clock.parse(request.POST.get("until", ""))
    except ValueError as error:
        raise Invalid from error
    count = services.mark_all_read(by=request.user, until=until)
    done = ngettext("%d notification marked as read", "%d notifications marked as read", count) % count
    messages.success(request, done if count else gettext("Everything was read already"))
    return go(request, "notifications:inbox")


@require_safe
def subscriptions(request: Request) -> HttpResponse:
    model = following_page(request.user, request.GET.get("cursor"))
    return page(request, "notifications/subscriptions.html", {"page": model, "follow": FollowForm()}, fragment="list")


@require_POST
def follow_option(request: Request) -> HttpResponse:
    form = FollowForm(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("Choose a product or a topic from the list."))
    is_new = following.follow(target=form.cleaned_data["target"], by=request.user)
    messages.success(request, gettext("You follow it now") if is_new else gettext("You follow it already"))
    return go(request, "notifications:subscriptions")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Request) -> HttpResponse:
    profile, muted = profile_of(request.user.user_id), store.head_of(request.user.user_id).muted
    shown = preferences_page(profile, muted, request.POST or None, clock.now())
    if shown.form.is_valid():
        with saving(shown.form):
            choosing.choose(ways=shown.form.ways, by=request.user)
        if not shown.form.errors:
            messages.success(request, gettext("Preferences saved"))
            return go(request, "notifications:preferences")
    return page(request, "notifications/preferences.html", {"page": shown}, status=status_for(shown.form))


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: Request, target: str) -> HttpResponse:
    """The button that stands on the page of a thing, fetched when that page is there; and a page without scripts."""
    if request.method == "POST":
        wanted = request.POST.get("follow", "1") == "1"
        (following.follow if wanted else following.unfollow)(target=target, by=request.user)
        is_following = wanted
        if not request.htmx:
            messages.success(request, gettext("You follow it now") if wanted else gettext("You follow it no more"))
            return go(request, "notifications:subscriptions")
    else:
        is_following = following.is_following(target=target, by=request.user)
    context = {"target": target, "is_following": is_following}
    return page(request, "notifications/follow.html", context, fragment="button")
