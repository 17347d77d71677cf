"""How a board answers: as a page or alone, and by an address that says no more than what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django_htmx.http import push_url

from accounts.http import Request
from analytics.pages.frame import Frame
from core.pages import page


def board(request: Request, template: str, frame: Frame, context: Mapping[str, Any]) -> HttpResponse:
    response = page(request, template, context, fragment="board", status=400 if frame.refused else 200)
    return push_url(response, frame.here + frame.query) if request.htmx else response
