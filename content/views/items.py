"""Making, editing and reading items."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services as people
from accounts.access import fresh_session
from accounts.http import Request
from accounts.permissions import Permission, require
from accounts.store import profile_of
from content import access, permissions, store
from content import item_page as item_pages
from content.enums import Kind, Move
from content.file_panel import FilePanel
from content.forms import DatesForm, ItemForm
from content.rows import rows_of
from content.services import drafts, reading, schedule
from core import clock
from core.errors import Stale
from core.events import Event, publish, telling
from core.pages import go, page
from core.saving import saving, status_for
from core.tickets import reserved_id, ticket_for

_TICKET = "new-item"


@require_safe
def item(request: Request, content_id: str) -> HttpResponse:
    shown = access.item_for_reading(request.user, content_id)
    version = access.shown_version(request.user, shown)
    model = item_pages.item_page(request.user, shown, version)
    props = reading.props_of(request.user, shown, int(version.version))
    with telling(Event("content.viewed", content_id, request.user.user_id, props)):
        people.remember_opened(by=request.user, content_id=content_id, profile=model.profile)
    return page(request, "content/item.html", {"page": model, "item": shown, "version": version})


@require_safe
def used_by(request: Request, content_id: str) -> HttpResponse:
    item = access.item_for_reading(request.user, content_id)
    now = clock.now()
    hits = item_pages.used_by(request.user, item, now, limit=50).hits
    rows = rows_of(access.items_for_reading(request.user, [hit.doc_id for hit in hits]), now)
    return page(request, "content/used_by.html", {"item": item, "rows": rows}, fragment="list")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The form carries the id that its item will have, so sending it twice makes one item."""
    require(request.user, Permission.CONTENT_CREATE)
    kinds = {kind.value: kind for kind in Kind}
    kind = kinds.get(request.GET.get("kind", ""))
    if kind is None:
        return page(request, "content/new_kind.html", {"kinds": _kinds()})
    form = ItemForm(request.POST or None, kind=kind)
    if form.is_valid():
        content_id = reserved_id(request, _TICKET)
        with saving(form):
            _create_once(content_id, kind, form, request)
        if not form.errors:
            messages.success(request, gettext("Draft created"))
            return go(request, "content:edit", content_id)
    context = {"form": form, "kind": kind, "ticket": ticket_for(request, _TICKET)}
    return page(request, "content/item_new.html", context, status=status_for(form))


def _create_once(content_id: str, kind: Kind, form: ItemForm, request: Request) -> None:
    try:
        drafts.create(kind=kind, fields=form.to_fields(), content_id=content_id, by=request.user)
    except Stale:
        _, version = access.draft_for_editing(request.user, content_id)
        if version and drafts.fields_of(version) == drafts.tidied(kind, form.to_fields()):
            return  # the same form, sent a second time
        raise Stale(
            gettext("An item was already made from this form. Open it under “My items”, or start a new one.")
        ) from None


def _kinds() -> list[dict[str, str]]:
    return [
        {
            "kind": Kind.FILE.value,
            "icon": "upload",
            "label": gettext("Files"),
            "text": gettext("A deck, one-pager, sheet, recording or picture, with all that belongs to it."),
        },
        {
            "kind": Kind.ARTICLE.value,
            "icon": "pen-line",
            "label": gettext("Article"),
            "text": gettext("A page written here: battlecards, playbooks, answers. Found by every word in it."),
        },
        {
            "kind": Kind.LINK.value,
            "icon": "link",
            "label": gettext("Link"),
            "text": gettext("Something that lives elsewhere, with a summary that says when to use it."),
        },
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, content_id: str) -> HttpResponse:
    item, version = access.draft_for_editing(request.user, content_id)
    if version is None:
        return page(request, "content/item_start_version.html", {"item": item, "next": item.last_version + 1})
    initial = {name: getattr(version, name) for name in drafts.Fields.__dataclass_fields__}
    initial["seen_rev"] = version.text_rev
    form = ItemForm(
        request.POST or None, kind=Kind(version.kind), first_version=not item.ever_approved, initial=initial
    )
    if form.is_valid():
        with saving(form):
            seen = form.cleaned_data["seen_rev"] or 0
            drafts.edit(content_id=content_id, fields=form.to_fields(), seen_rev=seen, by=request.user)
        if not form.errors:
            messages.success(request, gettext("Saved"))
            if "and_submit" in request.POST:
                return go(request, "content:move", content_id, Move.SUBMIT.value)
            return go(request, "content:item", content_id)
        if form.stale:
            version = store.version_of(content_id, int(version.version), fresh=True)
            form.compared_with(version.text_rev)
    context = {"item": item, "version": version, "form": form, "stored": drafts.fields_of(version)}
    context["panel"] = FilePanel(request, request.user, version)
    return page(request, "content/item_edit.html", context, status=status_for(form))


@require_POST
def open_version(request: Request, content_id: str) -> HttpResponse:
    """Begins the next version; the live one stays up meanwhile."""
    drafts.open_work(content_id=content_id, by=request.user)
    return go(request, "content:edit", content_id)


@require_POST
def discard(request: Request, content_id: str) -> HttpResponse:
    drafts.discard_work(content_id=content_id, by=request.user)
    messages.success(request, gettext("Draft discarded. What readers see has not changed."))
    return go(request, "content:item", content_id)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: Request, content_id: str) -> HttpResponse:
    item = access.item_for_reading(request.user, content_id)
    permissions.check_delete(request.user, item)
    if request.method != "POST":
        return page(request, "content/item_delete.html", {"item": item})
    drafts.delete(content_id=content_id, by=request.user)
    messages.success(request, gettext("Deleted “%s”") % item.title)
    return go(request, "content:library")


@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: Request, content_id: str) -> HttpResponse:
    item = access.item_for_reading(request.user, content_id)
    schedule.check_dates_by(request.user, item, clock.now())
    initial = {
        "go_live_on": item_pages.day_of(item.go_live_at),
        "expire_on": item_pages.day_of(item.expire_at),
        "review_every_days": int(item.review_every_days),
    }
    form = DatesForm(request.POST or None, initial=initial)
    if form.is_valid():
        with saving(form):
            schedule.set_dates(
                content_id=content_id,
                # A day that she left alone keeps its moment, which may be that of another time zone.
                go_live_at=form.go_live_at if "go_live_on" in form.changed_data else item.go_live_at,
                expire_at=form.expire_at if "expire_on" in form.changed_data else item.expire_at,
                review_every_days=form.cleaned_data["review_every_days"],
                seen=request.POST.get("seen"),
                by=request.user,
            )
        if not form.errors:
            messages.success(request, gettext("Dates saved"))
            return go(request, "content:item", content_id)
    context = {"item": item, "form": form, "seen": schedule.fingerprint(item)}
    return page(request, "content/item_dates.html", context, status=status_for(form))


@require_POST
def favourite(request: Request, content_id: str) -> HttpResponse:
    access.item_for_reading(request.user, content_id)
    on = request.POST.get("on") == "1"
    people.toggle_favourite(by=request.user, content_id=content_id, on=on)
    if request.htmx:
        return page(request, "content/item.html", {"content_id": content_id, "favourite": on}, fragment="favourite")
    return go(request, "content:item", content_id)


@require_POST
def unstar(request: Request, content_id: str) -> HttpResponse:
    """Also for what she may no longer see: removing her own star tells nothing."""
    people.toggle_favourite(by=request.user, content_id=content_id, on=False)
    return go(request, "content:favourites")


@require_safe
def favourites(request: Request) -> HttpResponse:
    """What she starred and what she opened last. What was retired or hidden since keeps its place, not its title."""
    profile = profile_of(request.user.user_id)
    starred, recent = (list(profile.favourites[:100]), list(profile.recent)) if profile else ([], [])
    visible = access.items_for_reading(request.user, list(dict.fromkeys(starred + recent)))
    rows = {row.content_id: row for row in rows_of(visible, clock.now())}
    context = {
        "starred": [rows[content_id] for content_id in starred if content_id in rows],
        "gone": [content_id for content_id in starred if content_id not in rows],
        "recent": [rows[content_id] for content_id in recent if content_id in rows],
    }
    return page(request, "content/favourites.html", context)


@require_safe
def mine(request: Request) -> HttpResponse:
    require(request.user, Permission.CONTENT_CREATE)
    found = store.items_owned_by(request.user.user_id, cursor=request.GET.get("cursor"))
    context = {"rows": rows_of(found.items, clock.now()), "next_cursor": found.next_cursor}
    return page(request, "content/mine.html", context)


@require_safe
@fresh_session
def open_item(request: Request, content_id: str) -> HttpResponse:
    """The shortest way from a list to the thing itself: its first file, or where its link leads."""
    item = access.item_for_reading(request.user, content_id)
    version = access.shown_version(request.user, item)
    if version.kind == Kind.LINK and version.link_url:
        props = reading.props_of(request.user, item, int(version.version))
        publish(Event("content.opened", content_id, request.user.user_id, props))
        return HttpResponseRedirect(version.link_url)
    if version.files:
        return go(request, "content:file", content_id, version.files[0].file_id)
    return go(request, "content:item", content_id)
