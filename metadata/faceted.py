"""Lists with filters: what the address asks for, how the index is asked, and what there is to choose from.

Each list says once, as a `Faceting`, by which fields it is filtered; options are found by what they stand for now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext

from core.index.documents import Order
from metadata.enums import Group
from metadata.labels import shown_label
from metadata.store import addressed, by_id, resolve, with_merged

T = TypeVar("T")
MOST_CHOICES = 12
MAX_QUERY = 200
MOST_VALUES = 50
"""Of one filter: the names of all chosen owners are read."""

LabelOf = Callable[[str, str], str | None]
"""The word for a field's value; None where it is that of an option."""


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def checked(self) -> bool:
        return any(choice.checked for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address of the list without it."""

    group: str
    label: str
    url: str


@dataclass(frozen=True)
class Listing(Generic[T]):
    """A page of a list with filters."""

    rows: Sequence[T]
    total: int
    facets: Sequence[Facet]
    next_cursor: str | None

    def chips(self, query: QueryDict) -> list[Chip]:
        return chips_of(self.facets, query)


@dataclass(frozen=True)
class Filters:
    """`chosen` is by field of the index."""

    text: str
    chosen: Mapping[str, frozenset[str]]
    order: Order

    @property
    def active(self) -> bool:
        return bool(self.text or self.chosen)


@dataclass(frozen=True)
class Faceting:
    """`parameters`: field of the index -> its name in the address. `option_fields`: group of options -> its field.

    `ranked`: field -> its values in an order of their own, such as from early to late; others stand by how many there are.
    """

    parameters: Mapping[str, str]
    titles: Mapping[str, str]
    option_fields: Mapping[str, str]
    sorts: Mapping[str, str]
    ranked: Mapping[str, Sequence[str]] | None = None

    def asked(self, query: QueryDict, me: str) -> Filters:
        """`me` is the person's own id, which the value `me` stands for."""
        chosen = {
            field: frozenset(me if value == "me" else value for value in query.getlist(name)[:MOST_VALUES] if value)
            for field, name in self.parameters.items()
        }
        text = query.get("q", "").strip()[:MAX_QUERY]
        default = Order.RELEVANCE if text else Order.NEWEST
        sort = query.get("sort", "")
        order = Order(sort) if sort in self.sorts else default
        return Filters(text, {field: values for field, values in chosen.items() if values}, order)

    def in_full(self, chosen: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        """As the index is asked: an option is found where another stands that was merged into it, too."""
        options = set(self.option_fields.values())
        return {field: with_merged(values) if field in options else values for field, values in chosen.items()}

    def canonical(self, query: QueryDict) -> QueryDict:
        """The same list with options by their ids: slugs, earlier slugs and merged options lead to what they stand for."""
        same = query.copy()
        for group, field in self.option_fields.items():
            name = self.parameters[field]
            if values := query.getlist(name):
                known = [addressed(Group(group), value) or value for value in values]
                same.setlist(name, list(dict.fromkeys(known)))
        return same

    def facets_of(
        self, counted: Mapping[str, Mapping[str, int]], filters: Filters, label_of: LabelOf | None = None
    ) -> tuple[Facet, ...]:
        """`counted` by field, in the order in which they are shown; a field without anything to choose is left out."""
        known = {option_id: shown_label(option) for option_id, option in by_id().items()}
        facets = []
        for field, counts in counted.items():
            standing = _standing(counts) if field in self.option_fields.values() else counts
            checked = filters.chosen.get(field, frozenset())
            choices = tuple(
                Choice(
                    value,
                    (label_of and label_of(field, value)) or known.get(value) or gettext("Unknown"),
                    standing.get(value, 0),
                    value in checked,
                )
                for value in self._in_order(field, most_frequent(standing, checked))
            )
            if choices:
                facets.append(Facet(self.parameters[field], gettext(self.titles[field]), choices))
        return tuple(facets)

    def _in_order(self, field: str, values: Sequence[str]) -> Sequence[str]:
        ranks = {value: rank for rank, value in enumerate((self.ranked or {}).get(field, ()))}
        return sorted(values, key=lambda value: ranks.get(value, len(ranks)))


def most_frequent(counts: Mapping[str, int], checked: frozenset[str]) -> list[str]:
    """The most frequent values, and whichever are chosen."""
    frequent = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_CHOICES]
    return frequent + sorted(checked.difference(frequent))


def chips_of(facets: Sequence[Facet], query: QueryDict) -> list[Chip]:
    return [
        Chip(facet.title, choice.label, _without(query, facet.name, choice.value))
        for facet in facets
        for choice in facet.choices
        if choice.checked
    ]


def _without(query: QueryDict, name: str, value: str) -> str:
    rest = query.copy()
    rest.pop("cursor", None)
    rest.setlist(name, [kept for kept in rest.getlist(name) if kept not in (value, "me")])
    return f"?{rest.urlencode()}"


def _standing(counts: Mapping[str, int]) -> Mapping[str, int]:
    summed: Counter[str] = Counter()
    for option_id, count in counts.items():
        summed[resolve(option_id)] += count
    return summed
