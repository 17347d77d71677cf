"""What the search tells others: that somebody searched and how it went, never the words."""

from __future__ import annotations

from accounts.person import Person
from core.events import Event, publish
from core.index.text import typed
from search.access import Asked, Found


def announce(person: Person, asked: Asked, found: Found, *, while_typing: bool) -> None:
    props = {
        "words": len(typed(asked.text)),
        "characters": len(asked.text),
        "filters": len(asked.filters.chosen),
        "results": found.total,
        "every_word": found.every_word,
        "while_typing": while_typing,
    }
    publish(Event("search.performed", object_id="search", actor_id=person.user_id, props=props))
    if not found.total:
        publish(Event("search.zero_result", object_id="search", actor_id=person.user_id, props=props))
