"""Who can see a thing, and why: the same clauses that lists and pages go by, asked for each role and person.

Apps above register their nouns; each gives a thing's fields and its clauses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from accounts.enums import Role
from accounts.person import Person
from core.errors import NotFound
from core.index.documents import Clause, Fields


@dataclass(frozen=True)
class Subject:
    """`state` is said in words; `involved` are people who have to do with it, and what."""

    title: str
    url: str
    state: str
    fields: Fields
    involved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Noun:
    label: str | Promise
    load: Callable[[str], Subject]
    clauses_for: Callable[[Person], Sequence[Clause]]


_nouns: dict[str, Noun] = {}


def register(kind: str, noun: Noun) -> None:
    _nouns[kind] = noun


def noun(kind: str) -> Noun:
    """Raises NotFound."""
    if kind not in _nouns:
        raise NotFound()
    return _nouns[kind]


def grounds(kind: str, subject: Subject, person: Person) -> list[str]:
    """Why she sees it; empty when she does not."""
    return [clause.why for clause in noun(kind).clauses_for(person) if clause.holds_for(subject.fields)]


def stranger(role: Role) -> Person:
    """Somebody of that role who has nothing to do with the thing."""
    return Person("nobody-in-particular", "", role)
