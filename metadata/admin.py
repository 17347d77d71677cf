"""Options in the Django admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.record_admin import PortalAdmin
from core.admin import shapes
from core.admin.listing import By, Choices
from metadata import store
from metadata.enums import Group, Hue
from metadata.models import Option
from metadata.services import options, retiring


def groups() -> Choices:
    return [(group.value, group.value.replace("_", " ").capitalize()) for group in Group]


def hues() -> Choices:
    return [(hue.value, hue.value.capitalize()) for hue in Hue]


def parents() -> Choices:
    return [
        (option.option_id, f"{option.group_key}: {option.label}")
        for group in Group
        for option in store.options_of(group)
    ]


@admin.register(shapes.shape_of(Option, "metadata", named=_("option"), plural=_("options")))
class OptionAdmin(PortalAdmin):
    record = Option
    object_type, object_id = "metadata", "option_id"
    by = (By("group_key", _("group"), Option.by_group, groups, newest_first=False),)
    list_display = ("label", "group_key", "slug", "color", "sort_order", "archived_at", "merged_into", "updated_at")
    creatable = ("group_key", "label", "parent_id", "color")
    editable = ("label", "parent_id", "color")
    choices = {"group_key": groups, "color": hues, "parent_id": parents}
    removable = True

    def may_edit(self, record: Option) -> bool:
        return not record.merged_into

    def create(self, request: HttpRequest, values: Mapping[str, Any]) -> str:
        group = Group(values["group_key"])
        made = options.create(group=group, fields=_fields(values), by=request.user)  # type: ignore[arg-type]
        return str(made.option_id)

    def change(self, request: HttpRequest, record: Option, values: Mapping[str, Any], seen_rev: int) -> None:
        by = request.user
        options.edit(option_id=record.option_id, fields=_fields(values), seen_rev=seen_rev, by=by)  # type: ignore[arg-type]

    def remove(self, request: HttpRequest, record: Option) -> None:
        retiring.delete(option_id=record.option_id, by=request.user)  # type: ignore[arg-type]


def _fields(values: Mapping[str, Any]) -> options.Fields:
    return options.Fields(values["label"] or "", values.get("parent_id") or None, values.get("color") or None)
