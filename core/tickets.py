"""Ids that a form brings along for what it will make, so that sending it twice makes one thing."""

from __future__ import annotations

from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest

from core.api import sealing, store
from core.aws.alongside import taking_along
from core.errors import Invalid, Stale
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


def made_once(request: HttpRequest, *words: str, make: Callable[[str], object]) -> str:
    """For things that sort by when they were made: `make` is given an id of this moment; it is the id that comes back.

    Sent again with its ticket and these words, by a double click or from a page gone back to, a form makes nothing more.
    As with the API's `Idempotency-Key`, a row that is written together with the thing says that it was made.
    """
    ticket = request.POST.get("ticket") or new_id()
    row = store.new_request(sealing.digest(str(request.user.pk), request.path, ticket, *words), "")
    before = store.request_of(str(row.request_key))
    if before is None:
        with taking_along([row]):
            try:
                make(str(row.made_id))
            except Stale:
                before = store.request_of(str(row.request_key))
                if before is None:
                    raise
    return str((before or row).made_id)
