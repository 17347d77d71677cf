"""Lists with filters: what the address asks for, how the index is asked, and what there is to choose from.

Each list says once, as a `Faceting`, by which fields it is filtered; options are found by what they stand for now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.http import JsonResponse, QueryDict
from django.utils.translation import gettext

from core.index.documents import Order
from core.picker import MOST_FOUND
from metadata.enums import Group
from metadata.labels import shown_label
from metadata.picking import choice_of
from metadata.rules.names import search_key
from metadata.store import addressed, by_id, resolve, with_merged

T = TypeVar("T")
MOST_CHOICES, WORTH_SEARCHING = 12, 8
MAX_QUERY = 200
MOST_NAMED = 70
"""Together with those of a page one request."""
MOST_VALUES = 50
"""Of one filter: the names of all chosen owners are read."""

LabelOf = Callable[[str, str], str | None]
"""The word for a field's value; None where it is that of an option."""


@dataclass(frozen=True)
class Choice:
    """`found`: it has the words that were looked for in its filter."""

    value: str
    label: str
    count: int
    checked: bool
    hue: str = ""
    found: bool = False


@dataclass(frozen=True)
class Facet:
    """`searched` where there is more than one glance takes in; `text` is what was looked for."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    searched: bool = False
    text: str = ""

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
    """`chosen`, and `looked_for` among the values of a filter, are by field of the index."""

    text: str
    chosen: Mapping[str, frozenset[str]]
    order: Order
    looked_for: Mapping[str, str] = field(default_factory=dict)

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
        looked_for = {
            field: query.get(f"text_{name}", "").strip()[:MAX_QUERY]
            for field, name in self.parameters.items()
            if query.get(f"text_{name}") or query.get("pick") == name
        }
        return Filters(text, {field: values for field, values in chosen.items() if values}, order, looked_for)

    def in_full(self, chosen: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        """As the index is asked: an option is found where another stands that was merged into it, too."""
        options = set(self.option_fields.values())
        return {field: with_merged(values) if field in options else values for field, values in chosen.items()}

    def canonical(self, query: QueryDict) -> QueryDict:
        """The same list with options by their ids: slugs, earlier slugs and merged options lead to what they stand for."""
        same = query.copy()
        for group, filtered in self.option_fields.items():
            name = self.parameters[filtered]
            if values := query.getlist(name):
                known = [addressed(Group(group), value) or value for value in values]
                same.setlist(name, list(dict.fromkeys(known)))
        return same

    def named(self, field: str, counts: Mapping[str, int], filters: Filters) -> list[str]:
        """The values of a filter whose names have to be read: those that are shown, or that may be looked for."""
        shown = most_frequent(counts, filters.chosen.get(field, frozenset()))
        if field not in filters.looked_for:
            return shown
        return list(dict.fromkeys([*shown, *sorted(counts, key=lambda value: -counts[value])]))[:MOST_NAMED]

    def facets_of(
        self, counted: Mapping[str, Mapping[str, int]], filters: Filters, label_of: LabelOf | None = None
    ) -> tuple[Facet, ...]:
        """`counted` by field, in the order in which they are shown; a field without anything to choose is left out."""
        every = [self._facet(field, counts, filters, label_of) for field, counts in counted.items()]
        return tuple(facet for facet in every if facet.choices)

    def _facet(self, field: str, counts: Mapping[str, int], filters: Filters, label_of: LabelOf | None) -> Facet:
        standing = _standing(counts) if field in self.option_fields.values() else counts
        checked, text = filters.chosen.get(field, frozenset()), filters.looked_for.get(field)
        found = _found(field, standing, text, label_of) if text is not None else ()
        shown = dict.fromkeys([*self._in_order(field, most_frequent(standing, checked)), *found])
        choices = tuple(
            Choice(
                value,
                _label(field, value, label_of),
                standing.get(value, 0),
                value in checked,
                _hue(value),
                value in found,
            )
            for value in shown
        )
        searched = len(standing) > WORTH_SEARCHING
        return Facet(self.parameters[field], gettext(self.titles[field]), choices, searched, text or "")

    def _in_order(self, field: str, values: Sequence[str]) -> Sequence[str]:
        ranks = {value: rank for rank, value in enumerate((self.ranked or {}).get(field, ()))}
        return sorted(values, key=lambda value: ranks.get(value, len(ranks)))


def most_frequent(counts: Mapping[str, int], checked: frozenset[str]) -> list[str]:
    """The most frequent values, and whichever are chosen."""
    frequent = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_CHOICES]
    return frequent + sorted(checked.difference(frequent))


def _label(field: str, value: str, label_of: LabelOf | None) -> str:
    if label := label_of and label_of(field, value):
        return label
    option = by_id().get(value)
    return shown_label(option) if option else gettext("Unknown")


def _hue(value: str) -> str:
    option = by_id().get(value)
    return choice_of(option).hue if option else ""


def _found(field: str, counts: Mapping[str, int], text: str, label_of: LabelOf | None) -> list[str]:
    """The values with all the words in their label or path, the most frequent first."""
    words = search_key(text).split()
    found = []
    for value in sorted(counts, key=lambda value: (-counts[value], value)):
        option = by_id().get(value)
        told = search_key(f"{_label(field, value, label_of)} {choice_of(option).path if option else ''}")
        if all(word in told for word in words):
            found.append(value)
    return found[:MOST_FOUND]


def picked(facets: Sequence[Facet], query: QueryDict) -> JsonResponse | None:
    """What the picker of a filter is answered by the list itself, so that it offers what the list has, and counts it."""
    if "pick" not in query:
        return None
    choices = [choice for facet in facets if facet.name == query["pick"] for choice in facet.choices if choice.found]
    told = [{"value": one.value, "label": one.label, "hue": one.hue, "count": one.count} for one in choices]
    return JsonResponse({"choices": told, "more": len(told) >= MOST_FOUND, "create": False})


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
