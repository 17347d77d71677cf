"""What the derived index holds and what can be asked of it.

The index is a second, derived kind of storage: apps put documents in when something happened, and a list with filters
or a search asks it for ids. It is never the truth: hits are read again from the tables and checked again.

Permission is part of the question. A document's fields include those that decide who may see it, and a `Query` cannot
be made without the `Clause`s that say what this person may see; they are applied inside the index, so totals and
facets count nothing else. The same clauses, asked of one thing's fields, answer "may she?".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol

Fields = Mapping[str, tuple[str, ...]]
KIND_FIELD = "~kind"
"""The field that every document has without a term for it."""


@dataclass(frozen=True)
class Clause:
    """Holds when each named field has one of the given values. The empty clause holds for everything.

    `why` says to an Admin on what ground somebody sees what it lets through.
    """

    values: Mapping[str, frozenset[str]]
    why: str = field(default="", compare=False)

    def holds_for(self, fields: Fields) -> bool:
        return all(wanted.intersection(fields.get(name, ())) for name, wanted in self.values.items())

    def within(self, kind: str) -> Clause:
        """The same for documents of one kind only, beside the clauses of other kinds."""
        return Clause({**self.values, KIND_FIELD: frozenset({kind})})


@dataclass(frozen=True)
class Term:
    """A field's value during a time, from `since` (included) to `until` (excluded); None is for ever.

    So a status that changes by the clock alone is right at every moment without anybody writing it.
    """

    name: str
    value: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Document:
    """`kind` is the noun (`content`, later `course`), `doc_id` its id. `keywords` are labels that are searched too."""

    kind: str
    doc_id: str
    title: str
    summary: str
    keywords: str
    body: str
    terms: tuple[Term, ...]
    updated_at: datetime

    @property
    def digest(self) -> str:
        """The same for documents that say the same, in whatever order their terms come."""
        told = [self.title, self.summary, self.keywords, self.body, self.updated_at.isoformat()]
        told += sorted(f"{term.name}={term.value} {term.since} {term.until}" for term in self.terms)
        return sha256("\0".join(told).encode("utf-8", "replace")).hexdigest()


class Order(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"


@dataclass(frozen=True)
class Query:
    """`filters` narrow (any of the values of each field); `without` excludes; both apply to terms valid at `now`.

    `titled` finds what has this very title, whatever its capitals and accents: cheaper than its words.
    Each of `facets` is counted as if it were not itself filtered, so that a second choice can be added to a first.
    `after` is the position that an earlier `Results.position` gave.
    """

    allowed: Sequence[Clause]
    now: datetime
    text: str = ""
    titled: str = ""
    kinds: frozenset[str] = frozenset()
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    without: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    order: Order = Order.NEWEST
    limit: int = 20
    after: Any = None


@dataclass(frozen=True)
class Piece:
    """A stretch of text that did or did not match, so that templates escape and highlight it themselves."""

    text: str
    matched: bool = False


@dataclass(frozen=True)
class Hit:
    """`title` and `snippet` are filled when there was a text to find, `title` also when there was a title."""

    kind: str
    doc_id: str
    title: tuple[Piece, ...] = ()
    snippet: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Results:
    hits: Sequence[Hit]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    position: Any = None
    every_word: bool = True
    """False when no document has all the words, and these have at least one of them."""


class Index(Protocol):
    """Small enough for another engine (OpenSearch, vectors) to stand behind it."""

    def put(self, documents: Sequence[Document], *, unless_changed: Mapping[str, str] | None = None) -> None: ...

    def remove(self, kind: str, doc_ids: Sequence[str], *, unless_changed: Mapping[str, str] | None = None) -> None:
        """With `unless_changed`, earlier `digests` of the kind, what was written since then is left as it is."""
        ...

    def search(self, query: Query) -> Results: ...

    def corrected(self, query: Query) -> str: ...

    def ids(self, kind: str) -> set[str]: ...

    def digest(self, kind: str, doc_id: str) -> str | None: ...

    def digests(self, kind: str) -> dict[str, str]: ...

    def clear(self, kind: str | None = None) -> None: ...

    @property
    def stale(self) -> bool: ...

    def rebuilt(self) -> None: ...
