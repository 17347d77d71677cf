"""What is still to be told to many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from core.aws.records import Delete, Put, query, write
from core.errors import Stale
from notifications.models import Errand

QUEUE = "errands#"


def put(errand_id: str, what: Mapping[str, Any], targets: Sequence[str]) -> None:
    """One that is there already stays as it is: it may be half-way."""
    with suppress(Stale):
        write(Put(Errand(QUEUE, errand_id, what=dict(what), targets=list(targets))), audit=())


def waiting(limit: int = 20) -> Sequence[Errand]:
    """Oldest first, as they are at this moment."""
    return query(Errand, QUEUE, scope="errands", limit=limit, consistent=True).items


def come_to(errand: Errand, place: int, after: str | None) -> None:
    """Raises Stale when somebody else is at it."""
    errand.place, errand.after, errand.tries, errand.next_try_at = place, after, 0, None
    write(Put(errand), audit=())


def put_off(errand: Errand, until: datetime) -> None:
    """Raises Stale when somebody else is at it."""
    errand.tries, errand.next_try_at = int(errand.tries) + 1, until
    write(Put(errand), audit=())


def done(errand: Errand) -> None:
    """Raises Stale when somebody else is at it."""
    write(Delete(errand), audit=())
