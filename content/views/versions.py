"""What came before: versions, their differences, and who did what, when and why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.person import Person
from accounts.store import audit_of_target
from content import access, permissions, store
from content.comments_page import address
from content.compare import changes
from content.history import FOR_READERS, entries_of, versions_list
from content.item_page import preview_of
from content.models import ContentItem, ContentVersion
from content.rules.comments import review_of
from content.services import drafts
from core import clock
from core.errors import Invalid
from core.pages import go, page
from metadata.store import labels


@require_safe
def history(request: Request, content_id: str) -> HttpResponse:
    item = access.item_for_reading(request.user, content_id)
    all_of_it = permissions.can_read_history(request.user, item)
    actions = () if all_of_it else FOR_READERS
    found = audit_of_target(f"content:{content_id}", request.GET.get("cursor"), actions=actions)
    context = {
        "item": item,
        "entries": entries_of(found.items, may_see_work=all_of_it),
        "next_cursor": found.next_cursor,
    }
    return page(request, "content/history.html", context, fragment="entries")


@require_safe
def versions(request: Request, content_id: str) -> HttpResponse:
    item = access.item_for_reading(request.user, content_id)
    found = store.versions_of(content_id, cursor=request.GET.get("cursor"))
    now = clock.now()
    readable = [version for version in found.items if permissions.can_read_version(request.user, item, version, now)]
    context = {"item": item, "versions": versions_list(item, readable), "next_cursor": found.next_cursor}
    context["may_restore"] = not permissions.edit_refusal(request.user, item, now)
    return page(request, "content/versions.html", context)


@require_safe
def version(request: Request, content_id: str, number: int) -> HttpResponse:
    item, shown = access.version_for_reading(request.user, content_id, number)
    context = {
        "item": item,
        "version": shown,
        "entry": versions_list(item, [shown])[0],
        "preview": preview_of(request.user, item, shown),
        "may_restore": not permissions.edit_refusal(request.user, item, clock.now()),
        "talk": _talk_about(request.user, item, shown),
    }
    return page(request, "content/version.html", context)


def _talk_about(person: Person, item: ContentItem, version: ContentVersion) -> str:
    """Where its review was talked about, for those who may read that."""
    talk = review_of(int(version.version))
    is_open = permissions.can_read_talk(person, item, talk, clock.now(), version)
    return address(item.content_id, talk) if is_open else ""


@require_safe
def compare(request: Request, content_id: str) -> HttpResponse:
    older, newer = sorted((_number(request.GET.get("a")), _number(request.GET.get("b"))))
    item, old = access.version_for_reading(request.user, content_id, older)
    _, new = access.version_for_reading(request.user, content_id, newer)
    context = {"item": item, "old": old, "new": new, "changes": changes(old, new, labels())}
    return page(request, "content/compare.html", context)


def _number(text: str | None) -> int:
    if text and text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    raise Invalid("Choose two versions to compare.")


@require_POST
def restore_version(request: Request, content_id: str, number: int) -> HttpResponse:
    """Copies an older version into the draft; what readers see stays until that is approved."""
    access.version_for_reading(request.user, content_id, number)
    drafts.open_work(content_id=content_id, copy_of=number, by=request.user)
    messages.success(request, gettext("Version %d was copied into the draft") % number)
    return go(request, "content:edit", content_id)
