"""What analytics hears: everything, from the worker, as nobody waits for it."""

from __future__ import annotations

from analytics.services import keeping
from core.events import Event, listens_to
from core.index.words import keeps_words


@listens_to("*", later=True)
def keep(event: Event) -> None:
    keeping.keep(event)


@keeps_words
def keep_words(search_id: str, typed: str) -> None:
    keeping.keep_words(search_id, typed)
