"""What of learning uses an option, as the derived index counts it.

Lists of courses count for themselves: `shown` is what the library's list would show, and that is none of these but for
badges, which only courses have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.urls import reverse

from core import clock
from core.index import index
from core.index.documents import Clause, Query
from lms.documents.courses import COURSE, NAMES, OPTION_FIELDS
from lms.enums import CourseStatus
from metadata.enums import Group
from metadata.models import Option
from metadata.store import resolve, with_merged

_EVERYTHING = (Clause({}),)
_PUBLISHED = {"status": frozenset({CourseStatus.PUBLISHED.value})}


def shown() -> Mapping[str, int]:
    return _counted(OPTION_FIELDS[Group.BADGE], _PUBLISHED)


def address(option: Option) -> str:
    is_badge = option.group_key == Group.BADGE
    return f"{reverse('lms:catalogue')}?badge={option.option_id}" if is_badge else ""


def all_uses() -> Mapping[str, int]:
    """Drafts and archived courses too."""
    return _counted(NAMES, {})


def _counted(field: str, filters: Mapping[str, frozenset[str]]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for option_id, count in index().search(_query(filters, facets=(field,), limit=0)).facets.get(field, {}).items():
        counts[resolve(option_id)] += count
    return counts


def left_bare(option: Option) -> int:
    """A course has one suite and one product: what it would be left with is none."""
    field = OPTION_FIELDS.get(option.group_key)
    if not field:
        return 0
    return index().search(_query({field: with_merged([option.option_id]), **_PUBLISHED}, limit=0)).total


def naming(option_id: str, limit: int, *, after: str = "") -> list[str]:
    """Ids of courses that name the option itself, not what it was merged into; in the order of ids."""
    hits = index().search(_query({NAMES: frozenset({option_id})}, limit=100_000)).hits
    return sorted(hit.doc_id for hit in hits if hit.doc_id > after)[:limit]


def _query(filters: Mapping[str, frozenset[str]], *, facets: tuple[str, ...] = (), limit: int) -> Query:
    kinds = frozenset({COURSE})
    return Query(allowed=_EVERYTHING, now=clock.now(), kinds=kinds, filters=filters, facets=facets, limit=limit)
