"""Items and versions in the Django admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.record_admin import PortalAdmin
from content.enums import KIND_LABELS, STATUS_LABELS, Kind, Status
from content.models import ContentComment, ContentItem, ContentVersion
from content.rules import review
from content.services import comments, drafts, schedule
from content.services.drafts import Fields
from content.store import STORED_STATUSES
from core.admin import shapes
from core.admin.listing import By, Choices
from metadata.enums import Group
from metadata.store import options_of


def statuses() -> Choices:
    return [(status.value, STATUS_LABELS[status]) for status in STORED_STATUSES]


def suites() -> Choices:
    return [(option.option_id, option.label) for option in options_of(Group.PRODUCT_SUITE)]


@admin.register(shapes.shape_of(ContentItem, "content", named=_("item"), plural=_("items")))
class ItemAdmin(PortalAdmin):
    """What the item's own page decides is decided there; here are its dates, and its end."""

    record = ContentItem
    object_type, object_id = "content", "content_id"
    by = (
        By("status", _("status"), ContentItem.by_status, statuses),
        By("product_suite", _("suite"), ContentItem.by_product, suites),
    )
    list_display = ("title", "status", "kind", "live_version", "work_status", "owner_user_id", "updated_at")
    creatable = ("kind", "title", "summary", "product_suite")
    editable = ("go_live_at", "expire_at", "review_every_days")
    long_texts = ("summary",)
    choices = {
        "kind": lambda: [(kind.value, KIND_LABELS[kind]) for kind in Kind],
        "product_suite": suites,
        "review_every_days": lambda: [(str(days), str(days)) for days in review.CHOICES],
    }
    removable = True

    def create(self, request: HttpRequest, values: Mapping[str, Any]) -> str:
        fields = Fields(values["title"] or "", values["summary"] or "", product_suite=values["product_suite"] or None)
        made = drafts.create(kind=Kind(values["kind"]), fields=fields, by=request.user)  # type: ignore[arg-type]
        return str(made.content_id)

    def change(self, request: HttpRequest, record: ContentItem, values: Mapping[str, Any], seen_rev: int) -> None:
        schedule.set_dates(
            content_id=record.content_id,
            go_live_at=values["go_live_at"],
            expire_at=values["expire_at"],
            review_every_days=int(values["review_every_days"]),
            seen_rev=seen_rev,
            by=request.user,  # type: ignore[arg-type]
        )

    def remove(self, request: HttpRequest, record: ContentItem) -> None:
        drafts.delete(content_id=record.content_id, by=request.user)  # type: ignore[arg-type]


@admin.register(shapes.shape_of(ContentVersion, "content", named=_("version"), plural=_("versions")))
class VersionAdmin(PortalAdmin):
    """Found by their item. Only a draft in work is changed; what was submitted never is."""

    record = ContentVersion
    object_type, object_id = "content", "content_id"
    list_display = ("title", "version", "status", "kind", "author_user_id", "updated_at")
    editable = ("title", "summary", "body", "link_url", "change_note")
    long_texts = ("summary", "body")

    def may_edit(self, record: ContentVersion) -> bool:
        return bool(record.status == Status.DRAFT)

    def change(self, request: HttpRequest, record: ContentVersion, values: Mapping[str, Any], seen_rev: int) -> None:
        kept = drafts.fields_of(record)
        texts = {name: values[name] or "" for name in self.editable}
        fields = Fields(**{name: getattr(kept, name) for name in Fields.__dataclass_fields__} | texts)
        drafts.edit(content_id=record.content_id, fields=fields, seen_rev=seen_rev, by=request.user)  # type: ignore[arg-type]


@admin.register(shapes.shape_of(ContentComment, "content", named=_("comment"), plural=_("comments")))
class CommentAdmin(PortalAdmin):
    """Found by their item. They are removed, with a reason, where they stand."""

    record = ContentComment
    object_type, object_id = comments.OBJECT, "audit_id"
    list_display = ("comment_id", "author_user_id", "text", "created_at", "edited_at", "removed_at", "resolved_at")
