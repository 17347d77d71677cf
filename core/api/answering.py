"""How a route says more than its body: where the new thing is, and which revision it answers with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Status


def created(request: HttpRequest, address: str, body: Any) -> Status[Any]:
    """201, with `address` (below `/v1/`, for example `content/ID`) as its `Location`."""
    request.location = f"/v1/{address}"  # type: ignore[attr-defined]
    return Status(201, body)


def add_headers(request: HttpRequest, response: HttpResponse) -> None:
    if response.status_code == 201 and (location := getattr(request, "location", None)):
        response.headers["Location"] = location
