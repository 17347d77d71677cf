"""Which version of a thing a program has seen.

An answer's ETag is `"<revision>-<digest>"`: the revision that a write is held against, where the thing has one, and a
digest of what was said, since the same record reads differently to different people and at different times.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse

from core.api.errors import PreconditionFailed, PreconditionRequired
from core.errors import Stale

_ETAG = re.compile(r'(?:W/)?"(?:(?P<revision>[0-9]{1,18})-)?[0-9a-f]{16}"')


def revision(request: HttpRequest, number: int) -> None:
    """Said by a route of what it answers; `seen` gives it back when it comes in `If-Match`."""
    request.revision = int(number)  # type: ignore[attr-defined]


def seen(if_match: str) -> int:
    """The revision that the program has seen. Raises PreconditionRequired, PreconditionFailed.

    `*` names no version, and would overwrite whatever is there.
    """
    if not if_match.strip() or if_match.strip() == "*":
        raise PreconditionRequired
    found = _ETAG.fullmatch(if_match.strip())
    if found is None or not found["revision"]:
        raise PreconditionFailed
    return int(found["revision"])


@contextmanager
def matching() -> Iterator[None]:
    """Around a service that is given what was seen: its Stale is the answer to `If-Match`."""
    try:
        yield
    except Stale as stale:
        raise PreconditionFailed(stale.message) from stale


def tag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Gives the answer its ETag, or a 304 in its stead. A write's answer has one where it says which revision it made."""
    made = getattr(request, "revision", None)
    if response.status_code not in (200, 201) or not (request.method == "GET" or made is not None):
        return response
    digest = hashlib.sha256(response.content).hexdigest()[:16]
    etag = f'"{digest}"' if made is None else f'"{made}-{digest}"'
    if request.method == "GET" and _known(request.headers.get("If-None-Match", ""), etag):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    response.headers["ETag"] = etag
    return response


def _known(if_none_match: str, etag: str) -> bool:
    """By weak comparison: whoever compresses the answer makes its ETag a weak one."""
    named = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return etag in named or "*" in named
