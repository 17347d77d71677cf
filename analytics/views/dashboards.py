"""The dashboards, for Admins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.permissions import Permission, require
from analytics.forms import Period
from analytics.pages import themes
from analytics.pages.frame import Frame, frame_of, product_of
from analytics.pages.overview import overview as overview_page
from analytics.products import ProductSource
from analytics.services.numbers import Asked, Numbers
from core import picker
from core.pages import page
from core.picker import MOST_FOUND

Build = Callable[[Numbers, Numbers, Period, Frame], Any]


@require_safe
def overview(request: Request) -> HttpResponse:
    return _dashboard(request, "overview", overview_page)


@require_safe
def content(request: Request) -> HttpResponse:
    return _dashboard(request, "content", themes.content)


@require_safe
def learning(request: Request) -> HttpResponse:
    return _dashboard(request, "learning", themes.learning)


@require_safe
def search(request: Request) -> HttpResponse:
    return _dashboard(request, "search", themes.search)


@require_safe
def people(request: Request) -> HttpResponse:
    return _dashboard(request, "people", themes.people)


@require_safe
def pick(request: Request) -> HttpResponse:
    """What the picker of products is answered."""
    require(request.user, Permission.ANALYTICS_READ)
    return picker.answer(ProductSource().found(picker.asked(request.GET), MOST_FOUND))


def _dashboard(request: Request, theme: str, build: Build) -> HttpResponse:
    require(request.user, Permission.ANALYTICS_READ)
    frame = frame_of(request.GET, reverse(f"analytics:{theme}"), theme)
    context: dict[str, Any] = {"frame": frame, "part": f"analytics/_{theme}.html"}
    if frame.period:
        product = product_of(frame)
        now = Numbers(request.user, Asked(frame.period.span, product))
        before = Numbers(request.user, Asked(frame.period.before, product))
        context |= {"as_of": now.as_of, "page": build(now, before, frame.period, frame)}
    return page(request, "analytics/dashboard.html", context, fragment="board", status=400 if frame.refused else 200)
