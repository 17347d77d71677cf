"""Notifications in the Django admin: for looking at alone."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.record_admin import PortalAdmin
from core.admin import shapes
from core.admin.listing import By, Choices
from notifications.delivery.models import Mailing


def _queues() -> Choices:
    return [("now", _("at once")), ("digest", _("digests"))]


@admin.register(shapes.shape_of(Mailing, "notifications", named=_("mailing"), plural=_("mailings")))
class MailingAdmin(PortalAdmin):
    """Those that are still to be sent, and all of a person. What waits for them stands in the same table."""

    record = Mailing
    by = (By("queue", _("to be sent"), Mailing.by_due, _queues, newest_first=False),)
    list_display = ("user_id", "row", "state", "due_at", "sent_at", "tries")
