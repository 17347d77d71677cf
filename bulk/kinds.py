"""What can be changed in bulk, and how. The apps whose things these are stand above, so they come here and register.

A kind is one noun. Whatever is asked for, by a form or by a row of a file, is a `Wanted`: a few named values. Each of
the kind's steps knows some of the names; it says what it would change, and does it by the service that does it singly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.functional import Promise

from accounts.person import Person
from core.errors import NotFound

Words = str | Promise
Wanted = Mapping[str, Any]
"""Of what JSON can hold. Options and people are named by their ids."""
Reader = Callable[[str], Wanted]
"""What the cell of a file asks for. Raises Refused where that cannot be told."""


@dataclass(frozen=True)
class Change:
    """`before` and `after` are values of the field, or lists of them: ids, as they are stored."""

    field: str
    before: Any
    after: Any


class Step(Protocol):
    names: frozenset[str]
    """Which of the wanted values it is about."""

    def plan(self, thing: Any, wanted: Wanted, by: Person) -> Sequence[Change]:
        """What it would change; nothing for what is so already. Raises PortalError where it may not be.

        It changes `thing`, which is never saved, as if it were done: the next step is judged after it.
        """

    def do(self, ref: str, wanted: Wanted, by: Person) -> None:
        """Raises PortalError."""


@dataclass(frozen=True)
class Action:
    """One of the things that a list offers for what is chosen in it. `open_to` are those who may ever do it.

    `form` is a class of forms that asks for what all of them are to get (`bulk/forms.py`).
    """

    name: str
    label: Words
    icon: str
    about: Words
    form: Callable[..., Any]
    open_to: Callable[[Person], bool]


@dataclass(frozen=True)
class Kind:
    """`name` is that of the noun in the audit log, too. `column` names the thing in a file, `columns` what it gets there.

    `read` gives the things by id, as they are at this moment, without those that she may not see. `matching` gives the
    ids of those that her list shows for an address, at most so many. `find` gives the id behind what stands in a file,
    and raises Refused. `counted` says how many, in words.
    """

    name: str
    title: Words
    route: str
    counted: Callable[[int], str]
    actions: Sequence[Action]
    steps: Sequence[Step]
    column: str
    columns: Callable[[Person], Mapping[str, Reader]]
    read: Callable[[Person, Sequence[str]], Mapping[str, Any]]
    matching: Callable[[Person, QueryDict, int], Sequence[str]]
    find: Callable[[Person, str], str]
    fields: Mapping[str, Words] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)

    def actions_for(self, person: Person) -> list[Action]:
        return [action for action in self.actions if action.open_to(person)]

    def action(self, name: str, person: Person) -> Action:
        """Raises NotFound for what is not hers to do."""
        found = next((action for action in self.actions_for(person) if action.name == name), None)
        if found is None:
            raise NotFound()
        return found


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind:
    """Raises NotFound."""
    if name not in _kinds:
        raise NotFound()
    return _kinds[name]


def every_kind() -> Sequence[Kind]:
    return list(_kinds.values())


def actions_for(person: Person, name: str) -> Sequence[Action]:
    """For the page of a list: nothing to choose for whom there is nothing to do."""
    return kind_of(name).actions_for(person)
