"""Webhooks and their deliveries in the Django admin: to be looked at, without secrets."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.record_admin import PortalAdmin
from core.admin import shapes
from core.admin.listing import By, Choices
from webhooks import store
from webhooks.models import Webhook, WebhookDelivery


def _all() -> Choices:
    return [(store.REGISTER, _("all"))]


def _each() -> Choices:
    return [(one.webhook_id, one.name) for one in store.all_webhooks()]


@admin.register(shapes.shape_of(Webhook, "webhooks", named=_("webhook"), plural=_("webhooks")))
class WebhookAdmin(PortalAdmin):
    record = Webhook
    object_type, object_id = "webhook", "webhook_id"
    by = (By("register", _("webhooks"), Webhook, _all),)
    hidden = ("secret", "previous_secret", "url")
    list_display = ("name", "webhook_id", "state", "failing_since", "created_by", "updated_at")


@admin.register(shapes.shape_of(WebhookDelivery, "webhooks", named=_("delivery"), plural=_("deliveries")))
class WebhookDeliveryAdmin(PortalAdmin):
    record = WebhookDelivery
    by = (By("webhook_id", _("webhook"), WebhookDelivery, _each),)
    list_display = ("event_name", "delivery_id", "state", "tries", "due_at", "made_at")
