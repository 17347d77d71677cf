"""Merging options: choosing, seeing what it would touch, doing it, watching it, undoing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from core.errors import Refused
from core.pages import go, page
from core.saving import saving, status_for
from metadata import access, references, store
from metadata.forms import TargetForm
from metadata.models import Option
from metadata.services import merging
from metadata.services.options import load
from metadata.shelf import facts, merge_rows, tabs


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request, option_id: str) -> HttpResponse:
    """GET with a target shows what would happen; POST does it."""
    access.managed_option(request.user, option_id)
    source = load(option_id, request.user)
    form = TargetForm(request.POST or (request.GET if "into" in request.GET else None), source=source)
    preview: dict[str, Any] = {}
    if form.is_valid():
        target_id = form.cleaned_data["into"]
        with saving(form):
            if request.method == "POST":
                merging.merge(source_id=option_id, target_id=target_id, by=request.user)
        if request.method == "POST" and not form.errors:
            messages.success(request, gettext("Merged “%s”. You can undo it for 30 days.") % source.label)
            return go(request, "metadata:merges")
        preview = _preview(source, store.option_by_id(target_id))
    context = facts(request.user, source) | {"form": form, **preview}
    return page(request, "metadata/merge.html", context, status=status_for(form))


def _preview(source: Option, target: Option) -> dict[str, Any]:
    try:
        children = merging.check(source, target)
    except Refused as refused:
        return {"target": target, "refused": refused.message}
    counts = references.all_uses()
    return {
        "target": target,
        "children": [child.label for child in children],
        "moving": counts.get(source.option_id, 0),
        "staying": counts.get(target.option_id, 0),
    }


@require_safe
def merges(request: Request) -> HttpResponse:
    access.managed_group(request.user, None)
    return _list(request)


def _list(request: Request) -> HttpResponse:
    done = store.jobs(store.DONE, cursor=request.GET.get("cursor"), limit=50)
    running = merge_rows(store.jobs(store.OPEN, limit=50).items)
    context = {
        "tabs": tabs(None, merges=True),
        "rows": [*running, *merge_rows(done.items)],
        "running": running[0] if running else None,
        "next_cursor": done.next_cursor,
    }
    return page(request, "metadata/merges.html", context, fragment="merges")


@require_POST
def proceed(request: Request, job_id: str) -> HttpResponse:
    """The next few things; over HTMX the page asks again until nothing is left."""
    job = access.managed_job(request.user, job_id)
    merging.advance(job_id=job.option_id, by=request.user)
    return _list(request) if request.htmx else go(request, "metadata:merges")


@require_POST
def undo(request: Request, job_id: str) -> HttpResponse:
    job = access.managed_job(request.user, job_id)
    merging.undo(job_id=job.option_id, by=request.user)
    messages.success(request, gettext("The merge was undone"))
    return go(request, "metadata:merges")
