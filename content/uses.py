"""What of the library uses an option, as the derived index counts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.urls import reverse

from content.documents import KIND, NAMES, OPTION_FIELDS
from content.enums import Status
from content.rules.visibility import RETIRED
from core import clock
from core.index import index
from core.index.documents import Clause, Query
from metadata.models import Option
from metadata.store import resolve, with_merged

_EVERYTHING = (Clause({}),)
_PARAMETERS = {"product_suite": "suite", "product": "product", "product_concept": "concept", "topic_tag": "tag"}
_READERS_SEE = frozenset({Status.APPROVED.value, Status.SCHEDULED.value})


def shown() -> Mapping[str, int]:
    """As the library's own list: without what was retired."""
    return _counted(without={"status": frozenset(state.value for state in RETIRED)})


def all_uses() -> Mapping[str, int]:
    """Retired items and versions in work too. An item counts once."""
    named, listed = _counted(fields=(NAMES,)), _counted()
    return {option: max(named.get(option, 0), listed.get(option, 0)) for option in {*named, *listed}}


def _counted(
    fields: tuple[str, ...] = tuple(OPTION_FIELDS.values()), without: Mapping[str, frozenset[str]] | None = None
) -> Mapping[str, int]:
    query = Query(
        allowed=_EVERYTHING, now=clock.now(), kinds=frozenset({KIND}), without=without or {}, facets=fields, limit=0
    )
    counts: Counter[str] = Counter()
    for found in index().search(query).facets.values():
        for option_id, count in found.items():
            counts[resolve(option_id)] += count
    return counts


def address(option: Option) -> str:
    name = _PARAMETERS.get(option.group_key)
    return f"{reverse('content:library')}?{name}={option.option_id}" if name else ""


def left_bare(option: Option) -> int:
    """An item has one suite and one product: what it would be left with is none."""
    field = OPTION_FIELDS.get(option.group_key)
    if not field:
        return 0
    filters = {field: with_merged([option.option_id]), "status": _READERS_SEE}
    query = Query(allowed=_EVERYTHING, now=clock.now(), kinds=frozenset({KIND}), filters=filters, limit=0)
    return index().search(query).total


def naming(option_id: str, limit: int, *, after: str = "") -> list[str]:
    """Ids of items that name the option itself, not what it was merged into; in the order of ids."""
    found: set[str] = set()
    for field in (NAMES, *OPTION_FIELDS.values()):
        query = Query(
            allowed=_EVERYTHING,
            now=clock.now(),
            kinds=frozenset({KIND}),
            filters={field: frozenset({option_id})},
            limit=100_000,
        )
        found |= {hit.doc_id for hit in index().search(query).hits}
    return sorted(content_id for content_id in found if content_id > after)[:limit]
