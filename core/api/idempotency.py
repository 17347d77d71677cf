"""A create that is sent twice with the same `Idempotency-Key` makes one thing and is answered alike both times.

The key is written in the transaction of the create itself: of two requests at once one fails as a whole, and where a
process died, either nothing was made or the key tells that it was.
"""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Header
from ninja.operation import Operation
from ninja.utils import contribute_operation_args, contribute_operation_callback

from core import clock
from core.api import sealing, store
from core.api.errors import AnswerLost, KeyReused, UnderWay
from core.api.models import ApiRequest
from core.aws.alongside import taking_along
from core.errors import Invalid, PortalError
from core.ids import new_id

logger = logging.getLogger(__name__)

ANSWERED_WITHIN = timedelta(seconds=60)
"""Longer than a request can take: one that was not answered by then never will be."""
LARGEST_KEPT = 300_000
"""A record holds 400 KB. What is larger is read again instead."""
_KEY = re.compile(r"[\x21-\x7e]{1,128}")
_HEADER: Any = Header(  # type: ignore[type-arg]
    "",
    alias="Idempotency-Key",
    description="Any text of up to 128 characters, new for each thing to be made. Kept for 24 hours.",
    max_length=128,
)
_KEPT_HEADERS = ("Content-Type", "ETag", "Location")

View = Callable[..., Any]
V = TypeVar("V", bound=View)
Again = Callable[[Any, str], Any]


@dataclass(frozen=True)
class _Asked:
    """A request with its key. `name` is what the table holds a digest of."""

    name: str
    record: ApiRequest


def once(again: Again | None = None) -> Callable[[V], V]:
    """Stands below the router's decorator of a create, whose view gives `made_id(request)` to what it makes.

    `again` answers for the thing with this id as the view does; asked when the process died before its answer was kept.
    """

    def marked(view: V) -> V:
        contribute_operation_args(view, "idempotency_key", str, _HEADER)
        contribute_operation_callback(view, functools.partial(_wrap, again))
        return view

    return marked


def made_id(request: HttpRequest) -> str:
    """The id for what the request makes: the same however often it is sent with its key."""
    asked: _Asked | None = getattr(request, "asked_once", None)
    return str(asked.record.made_id) if asked else new_id()


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """The answer, for whoever sends the request again. What was made is made, whatever becomes of this."""
    asked: _Asked | None = getattr(request, "asked_once", None)
    if asked is None or response.status_code >= 300:
        return
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    sealed = sealing.seal(asked.name, [response.status_code, headers, response.content.decode()])
    asked.record.answer = sealed if len(sealed) <= LARGEST_KEPT else None
    try:
        store.save_answered(asked.record)
    except PortalError:
        logger.exception("answer not kept")


def _wrap(again: Again | None, operation: Operation) -> None:
    view = operation.view_func

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *, idempotency_key: str = "", **values: Any) -> Any:
        if not idempotency_key:
            return view(request, **values)
        if not _KEY.fullmatch(idempotency_key):
            raise Invalid("“Idempotency-Key” takes up to 128 letters, digits and signs, without spaces.")
        return _once(request, idempotency_key, again, lambda: view(request, **values))

    operation.view_func = wrapped


def _once(request: HttpRequest, key: str, again: Again | None, make: Callable[[], Any]) -> Any:
    name = sealing.digest(str(request.user.pk), str(request.method), request.path, key)
    record = store.new_request(sealing.digest(name), sealing.digest(request.get_full_path(), request.body.hex()))
    before = store.request_of(str(record.request_key))
    if before is None:
        _remember(request, _Asked(name, record))
        with taking_along([record]) as along:
            try:
                return make()
            except PortalError:  # sent twice at once, perhaps, and the other one has made it
                before = None if along.is_written else store.request_of(str(record.request_key))
                if before is None:
                    raise
    if before.body_digest != record.body_digest:
        raise KeyReused
    _remember(request, _Asked(name, before))
    return _kept(name, before) or _read_again(request, before, again)


def _remember(request: HttpRequest, asked: _Asked) -> None:
    request.asked_once = asked  # type: ignore[attr-defined]


def _kept(name: str, before: ApiRequest) -> HttpResponse | None:
    kept = sealing.unseal(name, before.answer) if before.answer else None
    if kept is None:
        return None
    status, headers, body = kept
    return HttpResponse(body, status=status, headers=headers | {"Idempotent-Replayed": "true"})


def _read_again(request: HttpRequest, before: ApiRequest, again: Again | None) -> Any:
    """For what was made and not answered, or at such length that the answer was not kept."""
    if before.begun_at + ANSWERED_WITHIN > clock.now():
        raise UnderWay
    if again is None:
        raise AnswerLost
    return again(request, str(before.made_id))
