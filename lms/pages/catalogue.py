"""The catalogue: filters from the address, her own rows, one query of the derived index, and the courses it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext

from accounts.person import Person
from core import clock
from core.index import index
from core.index.documents import Query
from core.paging import seal, unseal
from lms import store
from lms.documents.courses import COURSE, OPTION_FIELDS
from lms.enums import DIFFICULTY_LABELS, PROGRESS_LABELS, CourseStatus, ProgressStatus
from lms.models import CourseProgress
from lms.pages.cards import Card, cards_of, state_of
from lms.permissions import clauses_for
from lms.store import learning as rows
from lms.words import DURATION_LABELS
from metadata.faceted import Faceting, Filters, Listing

STATE, ONE = "state", "course"
"""How far she is stands in no index: it is asked for as the set of her courses, by the field that names one."""

SORTS = {"newest": "Newest first", "title": "Title, A to Z", "relevance": "Best match"}
FACETS = ("product_suite", "product_concept", "product", "tag", "badge", "difficulty", "duration")
_LABELS = {STATE: PROGRESS_LABELS, "difficulty": DIFFICULTY_LABELS, "duration": DURATION_LABELS}
CATALOGUE = Faceting(
    parameters={
        STATE: "state",
        "product_suite": "suite",
        "product": "product",
        "product_concept": "concept",
        "tag": "tag",
        "badge": "badge",
        "difficulty": "level",
        "duration": "duration",
    },
    titles={
        STATE: "My progress",
        "product_suite": "Suite",
        "product": "Product",
        "product_concept": "Moment",
        "tag": "Tag",
        "badge": "Badge",
        "difficulty": "Level",
        "duration": "Duration",
    },
    option_fields=OPTION_FIELDS,
    sorts=SORTS,
    ranked={field: tuple(labels) for field, labels in _LABELS.items()},
)
_PUBLISHED = {"status": frozenset({CourseStatus.PUBLISHED.value})}


def listing(person: Person, filters: Filters, cursor: str | None) -> Listing[Card]:
    """Two requests: her rows, and the courses of the page."""
    begun = {row.course_id: row for row in rows.courses_begun(person.user_id)}
    scope = f"catalogue:{person.user_id}:{filters.order}"
    query = replace(_query(person, filters, begun), after=unseal(scope, cursor))
    found = index().search(query)
    courses = [
        course
        for course in store.courses_by_ids([hit.doc_id for hit in found.hits])
        if course.status == CourseStatus.PUBLISHED
    ]
    counted = {STATE: _states(_query(person, filters, None), begun)} | {name: found.facets[name] for name in FACETS}
    return Listing(
        rows=cards_of(courses, begun),
        total=found.total,
        facets=CATALOGUE.facets_of(counted, filters, _label_of),
        next_cursor=seal(scope, found.position),
    )


def _query(person: Person, filters: Filters, begun: Mapping[str, CourseProgress] | None) -> Query:
    """Without `begun`, whatever her state is."""
    chosen = CATALOGUE.in_full(filters.chosen)
    states = chosen.pop(STATE, frozenset())
    only, without = _by_state(states, begun) if states and begun is not None else ({}, {})
    return Query(
        allowed=clauses_for(person),
        now=clock.now(),
        text=filters.text,
        kinds=frozenset({COURSE}),
        filters=chosen | _PUBLISHED | only,
        without=without,
        facets=FACETS,
        order=filters.order,
    )


def _by_state(
    states: frozenset[str], begun: Mapping[str, CourseProgress]
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """What is not begun has no row: it is all but the courses in the states that were not chosen."""
    if ProgressStatus.NOT_STARTED in states:
        others = frozenset(key for key, row in begun.items() if state_of(row) not in states)
        return {}, {ONE: others} if others else {}
    return {ONE: frozenset(key for key, row in begun.items() if state_of(row) in states)}, {}


def _states(query: Query, begun: Mapping[str, CourseProgress]) -> Mapping[str, int]:
    """How many of the courses that match everything else are in each state."""
    found = index().search(replace(query, facets=(ONE,), limit=0))
    counts = Counter(state_of(begun.get(course_id)) for course_id in found.facets[ONE])
    return {state.value: counts[state.value] for state in ProgressStatus if counts[state.value]}


def _label_of(field: str, value: str) -> str | None:
    if field not in _LABELS:
        return None
    return gettext(_LABELS[field].get(value, value))
