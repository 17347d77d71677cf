"""Bulk jobs in the Django admin: for looking at alone."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.record_admin import PortalAdmin
from bulk.enums import STATES
from bulk.models import BulkJob
from core.admin import shapes
from core.admin.listing import By, Choices


def states() -> Choices:
    return [(state, label) for state, (label, *_rest) in STATES.items()]


@admin.register(shapes.shape_of(BulkJob, "bulk", named=_("bulk job"), plural=_("bulk jobs")))
class BulkJobAdmin(PortalAdmin):
    record = BulkJob
    object_type, object_id = "bulk", "job_id"
    by = (By("state", _("state"), BulkJob.by_state, states),)
    list_display = ("job_id", "kind", "action", "state", "started_by", "total", "updated_at")
