"""The library's list: filters from the address, one query of the derived index, and what the page shows of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext

from accounts.person import Person
from accounts.store import names_of
from content.access import items_for_reading
from content.documents import FACETS, KIND, OPTION_FIELDS
from content.enums import FRESHNESS_LABELS, STATUS_LABELS
from content.labels import format_label
from content.permissions import clauses_for, may_work_on
from content.rows import Row, rows_of
from content.rules.visibility import RETIRED
from core import clock
from core.index import index
from core.index.documents import Query, Results
from core.paging import seal, unseal
from metadata.faceted import Facet, Faceting, Filters, LabelOf, Listing

SORTS = {"newest": "Newest first", "title": "Title, A to Z", "relevance": "Best match"}
LIBRARY = Faceting(
    parameters={
        "product_suite": "suite",
        "product": "product",
        "product_concept": "concept",
        "tag": "tag",
        "format": "type",
        "status": "status",
        "freshness": "freshness",
        "owner": "owner",
    },
    titles={
        "product_suite": "Suite",
        "product": "Product",
        "product_concept": "Moment",
        "tag": "Tag",
        "format": "Type",
        "status": "Status",
        "freshness": "Freshness",
        "owner": "Owner",
    },
    option_fields=OPTION_FIELDS,
    sorts=SORTS,
)


def listing(person: Person, filters: Filters, cursor: str | None) -> Listing[Row]:
    now = clock.now()
    scope = f"library:{person.user_id}:{filters.order}"
    results = index().search(_query(person, filters, unseal(scope, cursor), now))
    items = items_for_reading(person, [hit.doc_id for hit in results.hits])
    owners = [item.owner_user_id for item in items]
    owners += LIBRARY.named("owner", results.facets.get("owner", {}), filters)
    names = names_of(owners)
    return Listing(
        rows=_choosable(rows_of(items, now, names), {one.content_id for one in items if may_work_on(person, one)}),
        total=results.total,
        facets=facets_of(results, filters, names),
        next_cursor=seal(scope, results.position),
    )


def _choosable(rows: Sequence[Row], theirs: Collection[str]) -> list[Row]:
    return [replace(row, choosable=row.content_id in theirs) for row in rows]


def matching(person: Person, query: QueryDict, most: int) -> list[str]:
    """The ids of what the list at this address shows on all its pages, up to so many."""
    filters = LIBRARY.asked(LIBRARY.canonical(query), person.user_id)
    asked = replace(_query(person, filters, None, clock.now()), facets=(), limit=most)
    return [hit.doc_id for hit in index().search(asked).hits]


def _query(person: Person, filters: Filters, after: object, now: datetime) -> Query:
    hidden = {} if "status" in filters.chosen else {"status": frozenset(state.value for state in RETIRED)}
    return Query(
        allowed=clauses_for(person),
        now=now,
        text=filters.text,
        kinds=frozenset({KIND}),
        filters=LIBRARY.in_full(filters.chosen),
        without=hidden,
        facets=FACETS,
        order=filters.order,
        after=after,
    )


def facets_of(results: Results, filters: Filters, names: Mapping[str, str]) -> tuple[Facet, ...]:
    counted = {field: results.facets.get(field, {}) for field in FACETS}
    return LIBRARY.facets_of(counted, filters, labels_with(names))


def labels_with(names: Mapping[str, str]) -> LabelOf:
    """The words for values of fields that are no options; `names` are those of people."""

    def label_of(field: str, value: str) -> str | None:
        if field == "status":
            return gettext(STATUS_LABELS.get(value, value))
        if field == "freshness":
            return gettext(FRESHNESS_LABELS.get(value, value))
        if field == "format":
            return gettext(format_label(value))
        if field == "owner":
            return names.get(value) or gettext("Former colleague")
        return None

    return label_of
