"""Notifications in the Django admin: for looking at alone."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.record_admin import PortalAdmin
from core.admin import shapes
from core.admin.listing import By, Choices
from notifications.delivery.models import Mailing
from notifications.models import Notification, Subscription


def _queues() -> Choices:
    return [("now", _("at once")), ("digest", _("digests"))]


@admin.register(shapes.shape_of(Mailing, "notifications", named=_("mailing"), plural=_("mailings")))
class MailingAdmin(PortalAdmin):
    """Those that are still to be sent, and all of a person. What waits for them stands in the same table."""

    record = Mailing
    by = (By("queue", _("to be sent"), Mailing.by_due, _queues, newest_first=False),)
    list_display = ("user_id", "row", "state", "due_at", "sent_at", "tries")


@admin.register(shapes.shape_of(Notification, "notifications", named=_("notification"), plural=_("notifications")))
class NotificationAdmin(PortalAdmin):
    """A person's, found by her id; nobody else's business but hers, so there is no list of everybody's."""

    record = Notification
    list_display = ("user_id", "key", "kind", "about", "times", "read_at")


@admin.register(shapes.shape_of(Subscription, "notifications", named=_("subscription"), plural=_("subscriptions")))
class SubscriptionAdmin(PortalAdmin):
    """A person's by her id, and whoever follows a thing by `target:content:<id>`."""

    record = Subscription
    list_display = ("user_id", "target", "origin", "since")
