"""What pickers of options are answered, and making one on the way for whoever may."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from accounts.permissions import Permission, can, require
from core import picker
from core.errors import NotFound
from core.picker import MOST_FOUND, Found
from metadata import access, store
from metadata.enums import Group
from metadata.picking import OptionSource, choice_of
from metadata.rules.names import comparison_key
from metadata.services import options


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: Request) -> HttpResponse:
    if request.method == "POST":
        return _made(request)
    require(request.user, Permission.METADATA_READ)
    group = request.GET.get("group") or Group.PRODUCT_SUITE
    if group not in set(Group):
        raise NotFound()
    text = picker.asked(request.GET)
    source = OptionSource(Group(group), request.GET.get("without", ""), below=bool(request.GET.get("below")))
    found = source.found(text, MOST_FOUND)
    create = "known" not in request.GET and _may_make(request, Group(group), text)
    return picker.answer(found, create=create)


def _may_make(request: Request, group: Group, text: str) -> bool:
    key = comparison_key(text)
    if not key or not can(request.user, Permission.METADATA_MANAGE):
        return False
    return all(comparison_key(option.label) != key for option in store.all_of(group))


def _made(request: Request) -> HttpResponse:
    """The option with this name: where two people make it at once, it is one."""
    group = access.managed_group(request.user, request.GET.get("group"))
    option_id = options.ensure_option(group=group, label=request.POST.get("label", ""), by=request.user)
    return picker.answer(Found([choice_of(store.option_by_id(option_id))]))
