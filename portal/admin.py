"""What waits in the outbox, how jobs went, and which requests are not made twice, in the Django admin: for looking at alone."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.record_admin import PortalAdmin
from core.admin import shapes
from core.api.models import ApiRequest
from core.jobs.models import JobState
from core.outbox.models import OutboxEvent


@admin.register(shapes.shape_of(JobState, "core", named=_("job"), plural=_("jobs")))
class JobAdmin(PortalAdmin):
    record = JobState
    object_type, object_id = "job", "name"
    list_display = ("name", "started_at", "result", "error", "runs", "failures")


@admin.register(shapes.shape_of(OutboxEvent, "core", named=_("waiting event"), plural=_("waiting events")))
class OutboxAdmin(PortalAdmin):
    record = OutboxEvent
    object_type, object_id = "event", "event_id"
    list_display = ("shard", "event_id", "at", "tries", "error")


@admin.register(shapes.shape_of(ApiRequest, "core", named=_("request with a key"), plural=_("requests with a key")))
class ApiRequestAdmin(PortalAdmin):
    record = ApiRequest
    object_type, object_id = "request", "request_key"
    list_display = ("request_key", "begun_at", "made_id", "ttl")
