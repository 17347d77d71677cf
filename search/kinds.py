"""The kinds of things that can be searched, each asked of the app whose noun it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.person import Person
from content import documents as content_documents
from content.access import items_for_reading
from content.permissions import clauses_for
from content.rows import Row, rows_of
from core.index.documents import Clause


@dataclass(frozen=True)
class Kind:
    """`rows` gives, by id and in one request, those that she may see at this moment: hits are only a suggestion."""

    name: str
    clauses: Callable[[Person], Sequence[Clause]]
    rows: Callable[[Person, Sequence[str], datetime], dict[str, Row]]


def _items(person: Person, content_ids: Sequence[str], now: datetime) -> dict[str, Row]:
    rows = rows_of(items_for_reading(person, content_ids), now, names={})
    return {row.content_id: row for row in rows}


KINDS = {kind.name: kind for kind in (Kind(content_documents.KIND, clauses_for, _items),)}


def clauses_of(person: Person) -> list[Clause]:
    """What she may see of every kind; one app's clauses never let another's documents through."""
    return [clause.within(kind.name) for kind in KINDS.values() for clause in kind.clauses(person)]
