"""What waits in the outbox, how jobs went, and which requests are not made twice, in the Django admin: for looking at alone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.record_admin import PortalAdmin
from core.admin import shapes
from core.admin.listing import By, Choices
from core.api.models import ApiRequest
from core.aws.records import get_many
from core.jobs.models import JobState
from core.jobs.registry import jobs
from core.outbox.models import DEAD, RETRY, OutboxEvent
from core.outbox.store import SHARDS
from core.paging import Page


@admin.register(shapes.shape_of(JobState, "core", named=_("job"), plural=_("jobs")))
class JobAdmin(PortalAdmin):
    record = JobState
    object_type, object_id = "job", "name"
    list_display = ("name", "started_at", "result", "error", "runs", "failures")

    def page_of(self, request: HttpRequest, changelist: Any) -> Page[Any]:
        """All that there are: their names are known."""
        if request.GET.get("q", "").strip():
            return super().page_of(request, changelist)
        return Page(get_many(JobState, [job.name for job in jobs()]), None)


def _shards() -> Choices:
    tried = [(RETRY, _("to be tried again")), (DEAD, _("given up"))]
    return [*tried, *((shard, shard.replace("#", " ")) for shard in SHARDS)]


@admin.register(shapes.shape_of(OutboxEvent, "core", named=_("waiting event"), plural=_("waiting events")))
class OutboxAdmin(PortalAdmin):
    record = OutboxEvent
    object_type, object_id = "event", "event_id"
    by = (By("shard", _("where it waits"), OutboxEvent, _shards, newest_first=False),)
    list_display = ("shard", "event_id", "at", "tries", "error")


@admin.register(shapes.shape_of(ApiRequest, "core", named=_("request with a key"), plural=_("requests with a key")))
class ApiRequestAdmin(PortalAdmin):
    record = ApiRequest
    object_type, object_id = "request", "request_key"
    list_display = ("request_key", "begun_at", "made_id", "ttl")
