"""The numbers of one item, course or path, for those who look after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.person import Person
from analytics.forms import USUAL, Period
from analytics.pages import things
from analytics.pages.frame import Frame, frame_of, today
from analytics.pages.things import ThingPage
from analytics.rules.months import Span
from analytics.views.board import board

Build = Callable[[Person, str, Period], ThingPage]


@require_safe
def item(request: Request, content_id: str) -> HttpResponse:
    return _thing(request, "item", content_id, things.item_page)


@require_safe
def course(request: Request, course_id: str) -> HttpResponse:
    return _thing(request, "course", course_id, things.course_page)


@require_safe
def path(request: Request, path_id: str) -> HttpResponse:
    return _thing(request, "path", path_id, things.path_page)


def _thing(request: Request, kind: str, thing_id: str, build: Build) -> HttpResponse:
    """Where the days asked for cannot be shown, the usual ones are read for its title: who may know it is asked first."""
    frame = frame_of(request.GET, reverse(f"analytics:{kind}", args=[thing_id]), with_product=False)
    period = frame.period or Period(Span.of_days(today(), USUAL), USUAL)
    model = build(request.user, thing_id, period)
    context: dict[str, Any] = {
        "frame": frame,
        "page": model,
        "as_of": model.as_of,
        "files": _files(kind, thing_id, frame),
    }
    return board(request, "analytics/thing.html", frame, context)


def _files(kind: str, thing_id: str, frame: Frame) -> dict[str, str]:
    """Where each part of the page is to be had as a file."""
    if kind == "item":
        return {"days": reverse("analytics:item-export", args=[thing_id]) + frame.query}
    names = ("days", "funnel", "lessons")
    return {name: reverse(f"analytics:{kind}-export", args=[thing_id, name]) + frame.query for name in names}
