"""What every route of the API stands on: problems, bodies, ETags, and its document."""

from __future__ import annotations

from django.http import HttpRequest

PREFIX = "/v1/"


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith(PREFIX)
