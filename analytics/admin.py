"""Events and roll-ups in the Django admin: for looking at alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.record_admin import PortalAdmin
from analytics.enums import Kind
from analytics.models import EventRow, MonthRow
from analytics.rules import envelope, months
from analytics.store import month_part
from core import clock
from core.admin import shapes
from core.admin.listing import By, Choices
from core.paging import Page


def days() -> Choices:
    """Those of which events are kept, today first."""
    today = clock.now().date()
    kept = [(today - timedelta(days=back)).isoformat() for back in range(envelope.KEPT.days)]
    return [(day, day) for day in kept]


def parts() -> Choices:
    """Each kind of thing, this month first."""
    today = clock.now().date()
    kept = sorted(months.Span(months.earliest(today), today).months, reverse=True)
    return [(month_part(kind, month), f"{kind} {month}") for month in kept for kind in Kind]


@admin.register(shapes.shape_of(EventRow, "analytics", named=_("event"), plural=_("events")))
class EventAdmin(PortalAdmin):
    """Only ever added to. What is over by its time to live is not shown, whether or not it was swept away."""

    record = EventRow
    by = (By("date_bucket", _("day"), EventRow, days),)
    list_display = ("timestamp", "event_name", "user_id", "content_id", "event_id")

    def page_of(self, request: HttpRequest, changelist: Any) -> Page[Any]:
        page = super().page_of(request, changelist)
        return Page([row for row in page.items if row.ttl is None or row.ttl > clock.now()], page.next_cursor)


@admin.register(shapes.shape_of(MonthRow, "analytics", named=_("roll-up"), plural=_("roll-ups")))
class MonthAdmin(PortalAdmin):
    """What the days of a month brought a thing; counted again by `manage.py roll_up`."""

    record = MonthRow
    by = (By("part", _("kind and month"), MonthRow, parts),)
    list_display = ("subject", "part", "counted_at", "ttl")
