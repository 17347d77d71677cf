"""Ids that a form brings along for what it will make, so that sending it twice makes one thing."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest

from core.errors import Invalid
from core.ids import new_id

_HOURS = 24


def ticket_for(request: HttpRequest, what: str) -> str:
    """The one that was sent along, so that a form with errors keeps it; else a new one."""
    return request.POST.get("ticket") or signing.dumps(new_id(), salt=what)


def reserved_id(request: HttpRequest, what: str) -> str:
    """Raises Invalid for a form that is too old, or not ours."""
    try:
        return str(signing.loads(request.POST.get("ticket", ""), salt=what, max_age=60 * 60 * _HOURS))
    except signing.BadSignature as error:
        raise Invalid(
            "This form is too old to be used. Open it again; your browser's Back button keeps what you typed."
        ) from error
