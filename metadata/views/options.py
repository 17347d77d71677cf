"""The shelves and their options: looking, making, changing, ordering, retiring."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from accounts.store import audit_of_target
from core.errors import Invalid
from core.pages import go, page
from core.saving import saving, status_for
from metadata import access, store
from metadata.enums import Group
from metadata.forms import OptionForm
from metadata.labels import ABOUT, CREATE, NEW, TITLES
from metadata.models import Option
from metadata.rules.names import comparison_key
from metadata.services import options, order, retiring
from metadata.shelf import facts, history, shelf, shelf_url, tabs

MAX_SEARCH = 100


@require_safe
def manage(request: Request) -> HttpResponse:
    group = access.managed_group(request.user, request.GET.get("group"))
    return _shelf(request, group)


def _shelf(request: Request, group: Group) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:MAX_SEARCH]
    context = {
        "shelf": shelf(group, text, request.GET.get("cursor")),
        "shelf_url": shelf_url(group),
        "tabs": tabs(group),
        "title": TITLES[group],
        "about": ABOUT[group],
        "new": NEW[group],
    }
    return page(request, "metadata/manage.html", context, fragment="shelf")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    group = access.managed_group(request.user, request.GET.get("group"))
    form = OptionForm(request.POST or None, group=group, initial={"parent_id": request.GET.get("under", "")})
    if form.is_valid():
        with saving(form):
            made = options.create(group=group, fields=form.to_fields(), by=request.user)
        if not form.errors:
            messages.success(request, gettext("Created “%s”") % made.label)
            return go(request, shelf_url(group))
    context = {"form": form, "title": NEW[group], "create": CREATE[group], "group_title": TITLES[group]}
    context |= {"shelf_url": shelf_url(group), "holder": _holder(group, form)}
    return page(request, "metadata/option_new.html", context, status=status_for(form))


def _holder(group: Group, form: OptionForm) -> Option | None:
    """Who has the name that was refused, so that she can go there."""
    if "label" not in form.errors:
        return None
    holder = store.named(group, comparison_key(form.data.get("label", "")[:200]))
    return store.by_id().get(holder or "")


@require_http_methods(["GET", "HEAD", "POST"])
def option(request: Request, option_id: str) -> HttpResponse:
    shown = access.managed_option(request.user, option_id)
    if shown.merged_into:
        return go(request, "metadata:option", store.resolve(option_id))
    group = Group(shown.group_key)
    initial = {"label": shown.label, "parent_id": store.parent_of(shown), "color": shown.color, "seen_rev": shown.rev}
    form = OptionForm(request.POST or None, group=group, option=shown, initial=initial)
    if form.is_valid():
        seen = form.cleaned_data["seen_rev"] or 0
        with saving(form):
            options.edit(option_id=option_id, fields=form.to_fields(), seen_rev=seen, by=request.user)
        if not form.errors:
            messages.success(request, gettext("Saved"))
            return go(request, "metadata:option", option_id)
        if form.stale:
            shown = store.option_by_id(option_id)
            form.compared_with(shown.rev)
    context = facts(request.user, shown) | {"form": form, "holder": _holder(group, form)}
    context["above"] = store.by_id().get(shown.parent_id or "")
    context["entries"] = history(audit_of_target(f"metadata:{option_id}", limit=10).items)
    return page(request, "metadata/option.html", context, status=status_for(form))


@require_POST
def shift(request: Request, option_id: str, places: int) -> HttpResponse:
    access.managed_option(request.user, option_id)
    moved = order.shift(option_id=option_id, places=places, by=request.user)
    return _moved(request, moved)


@require_POST
def place(request: Request) -> HttpResponse:
    """Where it was dropped: before the sibling `before`, or at the end."""
    group = access.managed_group(request.user, request.GET.get("group"))
    option_id = request.POST.get("option", "")
    if not option_id:
        raise Invalid(gettext("Choose what is to be moved."))
    moved = order.place_before(option_id=option_id, before_id=request.POST.get("before") or None, by=request.user)
    return _moved(request, moved) if moved.group_key == group else go(request, shelf_url(group))


def _moved(request: Request, moved: Option) -> HttpResponse:
    if request.htmx:
        return _shelf(request, Group(moved.group_key))
    return go(request, f"{shelf_url(moved.group_key)}#option-{moved.option_id}")


@require_POST
def archive(request: Request, option_id: str) -> HttpResponse:
    access.managed_option(request.user, option_id)
    archived = retiring.archive(option_id=option_id, by=request.user)
    messages.success(
        request, gettext("Archived “%s”. It is no longer offered, and stays where it is.") % archived.label
    )
    return go(request, "metadata:option", option_id)


@require_POST
def restore(request: Request, option_id: str) -> HttpResponse:
    access.managed_option(request.user, option_id)
    restored = retiring.restore(option_id=option_id, by=request.user)
    messages.success(request, gettext("Restored “%s”") % restored.label)
    return go(request, "metadata:option", option_id)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: Request, option_id: str) -> HttpResponse:
    doomed = access.managed_option(request.user, option_id)
    if request.method != "POST":
        retiring.check_delete(options.load(option_id, request.user))
        return page(request, "metadata/option_delete.html", facts(request.user, doomed))
    retiring.delete(option_id=option_id, by=request.user)
    messages.success(request, gettext("Deleted “%s”") % doomed.label)
    return go(request, shelf_url(doomed.group_key))
