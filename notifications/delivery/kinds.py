"""What can be mailed. Whoever makes notifications registers their kinds, and how they are told of at that moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.person import Person
from notifications.delivery import rules
from notifications.delivery.enums import Rhythm

Words = object
"""A text, or one that is translated when it is shown."""


@dataclass(frozen=True)
class MailKind:
    """`label` heads its section, `about` explains it under preferences. A mandatory one is never off."""

    key: str
    label: Words
    about: Words
    mandatory: bool
    default: Rhythm

    def rhythm(self, chosen: str | None) -> Rhythm:
        return rules.rhythm_for(chosen, default=self.default, mandatory=self.mandatory)


@dataclass(frozen=True)
class Line:
    """One notification as it is told now, in words that she may read; `path` leads into the portal."""

    key: str
    kind: str
    title: str
    detail: str
    path: str
    at: datetime


Reader = Callable[[Person, Sequence[str]], Sequence[Line]]
"""Given notifications of hers by their keys; those that she has read, and what she may not see, are left out."""

_kinds: dict[str, MailKind] = {}
_readers: list[Reader] = []


def register(kinds: Sequence[MailKind], reader: Reader) -> None:
    _kinds.update({kind.key: kind for kind in kinds})
    _readers[:] = [reader]


def kinds() -> Sequence[MailKind]:
    """In the order in which they are shown."""
    return list(_kinds.values())


def kind_of(key: str) -> MailKind | None:
    return _kinds.get(key)


def lines_for(person: Person, keys: Sequence[str]) -> list[Line]:
    """The newest first."""
    found = [line for reader in _readers for line in reader(person, keys) if line.kind in _kinds]
    return sorted(found, key=lambda line: line.at, reverse=True)
