"""The library's list: filters from the address, one query of the derived index, and what the page shows of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext

from accounts.person import Person
from accounts.store import names_of
from content.access import items_for_reading
from content.documents import FACETS, KIND, OPTION_FIELDS
from content.enums import FRESHNESS_LABELS, STATUS_LABELS
from content.labels import format_label
from content.permissions import clauses_for
from content.rows import Row, rows_of
from content.rules.visibility import RETIRED
from core import clock
from core.index import index
from core.index.documents import Order, Query, Results
from core.paging import seal, unseal
from metadata.enums import Group
from metadata.labels import shown_label
from metadata.store import addressed, by_id, resolve, with_merged

PARAMETERS = {
    "product_suite": "suite",
    "product": "product",
    "product_concept": "concept",
    "tag": "tag",
    "format": "type",
    "status": "status",
    "freshness": "freshness",
    "owner": "owner",
}
"""Field of the index -> its name in the address."""

TITLES = {
    "product_suite": "Suite",
    "product": "Product",
    "product_concept": "Moment",
    "tag": "Tag",
    "format": "Type",
    "status": "Status",
    "freshness": "Freshness",
    "owner": "Owner",
}
SORTS = {"newest": "Newest first", "title": "Title, A to Z", "relevance": "Best match"}
MOST_CHOICES = 12
MAX_QUERY = 200
MOST_VALUES = 50
"""Of one filter: the names of all chosen owners are read."""


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
class Filters:
    text: str
    chosen: Mapping[str, frozenset[str]]
    order: Order

    @classmethod
    def from_query(cls, query: QueryDict, person: Person) -> Filters:
        chosen = {
            field: frozenset(
                person.user_id if value == "me" else value for value in query.getlist(name)[:MOST_VALUES] if value
            )
            for field, name in PARAMETERS.items()
        }
        text = query.get("q", "").strip()[:MAX_QUERY]
        default = Order.RELEVANCE if text else Order.NEWEST
        sort = query.get("sort", "")
        order = Order(sort) if sort in SORTS else default
        return cls(text, {field: values for field, values in chosen.items() if values}, order)

    @property
    def active(self) -> bool:
        return bool(self.text or self.chosen)


def in_full(chosen: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The filters as the index is asked: an option is found where another stands that was merged into it, too."""
    options = set(OPTION_FIELDS.values())
    return {field: with_merged(values) if field in options else values for field, values in chosen.items()}


def canonical(query: QueryDict) -> QueryDict:
    """The same list with options by their ids: slugs, earlier slugs and merged options lead to what they stand for."""
    same = query.copy()
    for group, field in OPTION_FIELDS.items():
        name = PARAMETERS[field]
        if values := query.getlist(name):
            known = [addressed(Group(group), value) or value for value in values]
            same.setlist(name, list(dict.fromkeys(known)))
    return same


@dataclass(frozen=True)
class Listing:
    rows: Sequence[Row]
    total: int
    facets: Sequence[Facet]
    next_cursor: str | None

    def chips(self, query: QueryDict) -> list[Chip]:
        return chips_of(self.facets, query)


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


def listing(person: Person, filters: Filters, cursor: str | None) -> Listing:
    now = clock.now()
    scope = f"library:{person.user_id}:{filters.order}"
    results = index().search(_query(person, filters, unseal(scope, cursor), now))
    items = items_for_reading(person, [hit.doc_id for hit in results.hits])
    owners = [item.owner_user_id for item in items]
    owners += _top(results.facets.get("owner", {}), filters.chosen.get("owner", frozenset()))
    names = names_of(owners)
    return Listing(
        rows=rows_of(items, now, names),
        total=results.total,
        facets=facets_of(results, filters, names),
        next_cursor=seal(scope, results.position),
    )


def _query(person: Person, filters: Filters, after: object, now: datetime) -> Query:
    hidden = {} if "status" in filters.chosen else {"status": frozenset(state.value for state in RETIRED)}
    return Query(
        allowed=clauses_for(person),
        now=now,
        text=filters.text,
        kinds=frozenset({KIND}),
        filters=in_full(filters.chosen),
        without=hidden,
        facets=FACETS,
        order=filters.order,
        after=after,
    )


def facets_of(results: Results, filters: Filters, names: Mapping[str, str]) -> tuple[Facet, ...]:
    known = {option_id: shown_label(option) for option_id, option in by_id().items()}
    facets = []
    for field in FACETS:
        counts = _standing(field, results.facets.get(field, {}))
        checked = filters.chosen.get(field, frozenset())
        choices = tuple(
            Choice(value, _label(field, value, known, names), counts.get(value, 0), value in checked)
            for value in _top(counts, checked)
        )
        if choices:
            facets.append(Facet(PARAMETERS[field], gettext(TITLES[field]), choices))
    return tuple(facets)


def _standing(field: str, counts: Mapping[str, int]) -> Mapping[str, int]:
    if field not in OPTION_FIELDS.values():
        return counts
    summed: Counter[str] = Counter()
    for option_id, count in counts.items():
        summed[resolve(option_id)] += count
    return summed


def _top(counts: Mapping[str, int], checked: frozenset[str]) -> list[str]:
    """The most frequent values, and whichever are chosen."""
    frequent = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_CHOICES]
    return frequent + sorted(checked.difference(frequent))


def _label(field: str, value: str, known: Mapping[str, str], names: Mapping[str, str]) -> str:
    if field == "status":
        return gettext(STATUS_LABELS.get(value, value))
    if field == "freshness":
        return gettext(FRESHNESS_LABELS.get(value, value))
    if field == "format":
        return gettext(format_label(value))
    if field == "owner":
        return names.get(value) or gettext("Former colleague")
    return known.get(value) or gettext("Unknown")
