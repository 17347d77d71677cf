from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from core import clock
from core.jobs.running import Standing
from core.pages import go, page
from portal.operations import services, trail  # noqa: F401  (it registers its words)


@require_safe
def jobs(request: Request) -> HttpResponse:
    now = clock.now()
    rows = [_row(one, now) for one in services.standings(by=request.user)]
    found = services.given_up(cursor=request.GET.get("cursor"), by=request.user)
    events = [{"row": row, "name": row.event.get("name"), "about": row.event.get("object_id")} for row in found.items]
    context = {
        "jobs": rows,
        "events": events,
        "next_cursor": found.next_cursor,
        "is_paused": services.is_paused(by=request.user),
    }
    return page(request, "portal/jobs.html", context, fragment="list")


@require_POST
def run(request: Request, name: str) -> HttpResponse:
    services.run(name=name, by=request.user)
    messages.success(request, gettext("It is done within the next minute."))
    return go(request, "jobs")


@require_POST
def replay(request: Request, event_id: str) -> HttpResponse:
    services.replay(event_id=event_id, by=request.user)
    messages.success(request, gettext("It is told again."))
    return go(request, "jobs")


def _row(one: Standing, now: datetime) -> dict[str, Any]:
    running, failed = one.is_running(now), bool(one.state.error)
    tone, icon, label = "neutral", "circle-dashed", gettext("Waiting")
    if running:
        tone, icon, label = "info", "loader", gettext("Running")
    elif failed:
        tone, icon, label = "error", "triangle-alert", str(one.state.error)
    elif one.state.started_at:
        tone, icon, label = "success", "circle-check", str(one.state.result or gettext("Done"))
    return {"job": one.job, "state": one.state, "running": running, "tone": tone, "icon": icon, "label": label}
