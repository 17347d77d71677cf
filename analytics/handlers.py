"""What analytics hears: everything, from the worker, as nobody waits for it."""

from __future__ import annotations

from analytics.services import keeping
from core.events import Event, listens_to


@listens_to("*", later=True)
def keep(event: Event) -> None:
    keeping.keep(event)
