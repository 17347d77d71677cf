"""Which version of a thing a program has seen.

An answer's ETag is a digest of what was said, since the same record reads differently to different people and at
different times.
"""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse


def tag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Gives the answer its ETag, or a 304 in its stead."""
    if response.status_code != 200 or request.method != "GET":
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:16]}"'
    if _known(request.headers.get("If-None-Match", ""), etag):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    response.headers["ETag"] = etag
    return response


def _known(if_none_match: str, etag: str) -> bool:
    """By weak comparison: whoever compresses the answer makes its ETag a weak one."""
    named = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return etag in named or "*" in named
