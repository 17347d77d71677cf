"""What two people must not do at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from accounts import store
from core.errors import Stale
from core.ids import new_id

SECONDS = 90
"""Longer than all the calls in one request can take; a process that dies holds nobody up for longer."""


@contextmanager
def lease(name: str) -> Iterator[None]:
    """Raises Stale when somebody else is at it."""
    holder = new_id()
    try:
        store.take_lease(name, holder, SECONDS)
    except Stale as error:
        raise Stale("Another Admin is changing this right now. Look at it again, then repeat what you did.") from error
    try:
        yield
    finally:
        with suppress(Stale):
            store.give_lease_back(name, holder)
