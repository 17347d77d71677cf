"""What the search tells others: that somebody searched, how it went and what of it was opened, never the words."""

from __future__ import annotations

from django.core import signing

from accounts.person import Person
from content import access as content
from content import documents
from core.errors import NotFound
from core.events import Event, telling
from core.ids import new_id
from core.index import words
from core.index.text import typed
from search.access import Asked, Found
from search.kinds import KINDS

_SALT = "search"
_LIVES = 12 * 60 * 60


def announce(person: Person, asked: Asked, found: Found, *, while_typing: bool) -> str:
    """Gives a ticket, with which her browser can say what she opens of it. One request, with the words beside it."""
    search_id = new_id()
    props: dict[str, str | int | bool | None] = {
        "search": search_id,
        "words": len(typed(asked.text)),
        "characters": len(asked.text),
        "filters": len(asked.filters.chosen),
        "results": found.total,
        "every_word": found.every_word,
        "while_typing": while_typing,
    }
    names = ["search.performed"] if found.total else ["search.performed", "search.zero_result"]
    with telling(*(Event(name, "search", person.user_id, props) for name in names)):
        words.keep(search_id, asked.text)
    return signing.dumps([search_id, person.user_id], salt=_SALT)


def opened(person: Person, ticket: str, kind: str, doc_id: str) -> None:
    """A result of a search of hers. Raises NotFound for what is none."""
    try:
        search_id, user_id = signing.loads(ticket, salt=_SALT, max_age=_LIVES)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound() from error
    if user_id != person.user_id or kind not in KINDS:
        raise NotFound()
    told = [Event("search.clicked", "search", user_id, {"search": search_id, "target": f"{kind}:{doc_id}"})]
    if kind == documents.KIND:
        content.item_for_reading(person, doc_id)
        told.append(Event("content.searched_from", doc_id, user_id, {"search": search_id}))
    with telling(*told):
        pass
