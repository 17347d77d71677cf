"""Moving items through their lifecycle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.store import names_of
from content import access, permissions, store
from content.compare import changes
from content.enums import Move
from content.forms import ApprovalForm, DeprecateForm, ReasonForm
from content.item_page import preview_of
from content.models import ContentItem
from content.picking import ItemSource
from content.rows import rows_of
from content.services import lifecycle
from core import clock
from core.pages import go, page
from core.saving import saving, status_for
from metadata.store import labels

_SERVICES: Mapping[Move, Callable[..., None]] = {
    Move.SUBMIT: lifecycle.submit,
    Move.WITHDRAW: lifecycle.withdraw,
    Move.VERIFY: lifecycle.verify,
    Move.RESTORE: lifecycle.restore,
    Move.REQUEST_CHANGES: lifecycle.request_changes,
    Move.DEPRECATE: lifecycle.deprecate,
    Move.EXPIRE: lifecycle.expire,
}


@require_safe
def queue(request: Request) -> HttpResponse:
    require(request.user, Permission.CONTENT_APPROVE)
    found = store.items_in_review(cursor=request.GET.get("cursor"))
    now = clock.now()
    items = [item for item in found.items if permissions.can_read(request.user, item, now)]
    context = {"rows": rows_of(items, now), "next_cursor": found.next_cursor}
    return page(request, "content/review_queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, content_id: str, move: str) -> HttpResponse:
    """GET asks what the move needs to know (a reason, what is missing); POST makes it."""
    wanted = Move(move)
    item = access.item_for_reading(request.user, content_id)
    found = permissions.check_move(request.user, item, wanted, clock.now(), _work(item))
    asks = permissions.needs_reason(request.user, item, found, None)
    form = _form(request, wanted, item)
    if form.is_valid():
        with saving(form):
            details = form.cleaned_data if asks else {}
            _SERVICES[wanted](content_id=content_id, by=request.user, **details)
        if not form.errors:
            messages.success(request, gettext(found.done))
            return (
                go(request, "content:review")
                if wanted is Move.REQUEST_CHANGES
                else go(request, "content:item", content_id)
            )
    context = {"item": item, "move": wanted, "transition": found, "form": form, "asks": asks}
    context |= _submission(item, wanted)
    return page(request, "content/item_move.html", context, status=status_for(form))


def _form(request: Request, move: Move, item: ContentItem) -> ReasonForm:
    data = request.POST if request.method == "POST" else None
    if move is not Move.DEPRECATE:
        return ReasonForm(data)
    return DeprecateForm(data, sources={"replacement_id": ItemSource(request.user, live=True, without=item.content_id)})


def _work(item: Any) -> Any:
    return store.find_version(item.content_id, int(item.work_version)) if item.work_version else None


def _submission(item: Any, move: Move) -> dict[str, Any]:
    """For submitting: the checklist of what is there and what is missing."""
    if move is not Move.SUBMIT:
        return {}
    version = _work(item)
    return {"version": version, "missing": lifecycle.missing(version)}


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request, content_id: str) -> HttpResponse:
    """The reviewer reads the very version that her approval will name."""
    item, version = access.version_for_review(request.user, content_id)
    form = ApprovalForm(request.POST or None, initial={"seen_hash": version.content_hash})
    if form.is_valid():
        with saving(form):
            lifecycle.approve(content_id=content_id, by=request.user, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("Approved “%s”") % version.title)
            return go(request, "content:review")
    live = store.find_version(content_id, int(item.live_version)) if item.live_version else None
    refused = permissions.refusal(request.user, item, Move.APPROVE, clock.now(), version)
    context = {
        "item": item,
        "version": version,
        "form": form,
        "changes": changes(live, version, labels()) if live else [],
        "live": live,
        "preview": preview_of(request.user, item, version),
        "names": names_of([version.author_user_id, version.submitted_by, item.owner_user_id]),
        "refused": refused,
        "own": permissions.is_author(request.user, item, version),
    }
    return page(request, "content/review.html", context, status=status_for(form))
