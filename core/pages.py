"""How views answer: a page, or the one fragment of it that HTMX asked for; and where to go next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    htmx: HtmxDetails


@dataclass(frozen=True)
class Action:
    """A button as data: a refused one is shown disabled, with its reason."""

    label: str
    url: str
    icon: str = ""
    style: str = "secondary"
    refused_because: str | None = None


def page(
    request: HtmxRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Renders `template`, or only its named partial `fragment` when HTMX swaps a part of the page."""
    only_fragment = fragment and request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    response = render(request, f"{template}#{fragment}" if only_fragment else template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def go(request: HtmxRequest, to: str, *args: Any) -> HttpResponse:
    """Redirects; over HTMX the whole browser goes there."""
    url = resolve_url(to, *args)
    if request.htmx and not request.htmx.boosted:
        return HttpResponseClientRedirect(url)
    return HttpResponse(status=303, headers={"Location": url})
