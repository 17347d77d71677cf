"""The dashboards, for Admins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.permissions import Permission, require
from analytics.enums import Kind
from analytics.forms import Period
from analytics.pages import themes
from analytics.pages.frame import Frame, frame_of, product_of
from analytics.pages.overview import overview as overview_page
from analytics.products import ProductSource
from analytics.services.boards import OF_MONTHS
from analytics.services.numbers import Asked, Numbers
from analytics.views.board import board
from core import picker
from core.picker import MOST_FOUND

Build = Callable[[Numbers, Numbers, Period, Frame], Any]


_LEARNT = (Kind.SITE, Kind.COURSE, Kind.PATH)


@require_safe
def overview(request: Request) -> HttpResponse:
    return _dashboard(request, "overview", overview_page, *Kind, words=True)


@require_safe
def content(request: Request) -> HttpResponse:
    return _dashboard(request, "content", themes.content, Kind.SITE, Kind.CONTENT)


@require_safe
def learning(request: Request) -> HttpResponse:
    return _dashboard(request, "learning", themes.learning, *_LEARNT)


@require_safe
def search(request: Request) -> HttpResponse:
    return _dashboard(request, "search", themes.search, Kind.SITE, words=True)


@require_safe
def people(request: Request) -> HttpResponse:
    return _dashboard(request, "people", themes.people, Kind.SITE, Kind.ROLE)


@require_safe
def pick(request: Request) -> HttpResponse:
    """What the picker of products is answered."""
    require(request.user, Permission.ANALYTICS_READ)
    return picker.answer(ProductSource().found(picker.asked(request.GET), MOST_FOUND))


def _dashboard(request: Request, theme: str, build: Build, *kinds: Kind, words: bool = False) -> HttpResponse:
    """Six requests at most: the boards (twice where they are large), teams, people of what is shown, and the mark."""
    require(request.user, Permission.ANALYTICS_READ)
    frame = frame_of(request.GET, reverse(f"analytics:{theme}"), theme)
    context: dict[str, Any] = {"frame": frame, "part": f"analytics/_{theme}.html"}
    if frame.period:
        asked = Asked(frame.period.span, product_of(frame))
        needed = set(kinds) | (set(Kind) if asked.product else set())  # what is of the product must be known
        before = frame.period.before
        now = Numbers(request.user, asked).read(*(needed & OF_MONTHS), since=before.first, words=words)
        model = build(now, now.before(before), frame.period, frame)
        context |= {"as_of": now.as_of, "page": model}
    return board(request, "analytics/dashboard.html", frame, context)
