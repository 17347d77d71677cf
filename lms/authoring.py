"""The list of courses for those who write them: filters from the address, one query of the derived index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.store import names_of
from core import clock
from core.index import index
from core.index.documents import Clause, Order, Query, Results
from core.paging import seal, unseal
from core.templatetags.interface import hue, initials
from lms import permissions, store
from lms.documents.courses import COURSE
from lms.enums import COURSE_STATUS_LABELS, CourseStatus
from lms.models import Course
from lms.words import lessons_label
from metadata.faceted import Chip, Choice, Facet, chips_of
from metadata.store import by_id

PARAMETERS = {"status": "status", "state": "state", "author": "owner"}
"""Field of the index -> its name in the address."""
TITLES = {"status": "Status", "state": "Needs attention", "author": "Owner"}
STATES = {"ready": "Ready to publish", "changed": "Changed since published"}
SORTS = {"newest": "Newest first", "title": "Title, A to Z"}
MAX_QUERY, MOST_OWNERS = 200, 12


@dataclass(frozen=True)
class Row:
    course_id: str
    url: str
    title: str
    facts: str
    suite: str
    hue: str
    status: CourseStatus
    ready: bool
    changed: bool
    updated_at: datetime
    owner_name: str
    owner_hue: str
    owner_initials: str


@dataclass(frozen=True)
class Listing:
    rows: Sequence[Row]
    total: int
    facets: Sequence[Facet]
    next_cursor: str | None

    def chips(self, query: QueryDict) -> list[Chip]:
        return chips_of(self.facets, query)


def clauses_for(person: Person) -> tuple[Clause, ...]:
    """Those she may edit, which is less than what she may read."""
    return (
        (Clause({}),)
        if can(person, Permission.COURSES_AUTHOR_ALL)
        else (Clause({"author": frozenset({person.user_id})}),)
    )


def listing(person: Person, query: QueryDict, cursor: str | None) -> Listing:
    chosen = chosen_in(query, person)
    order = Order(query["sort"]) if query.get("sort") in SORTS else Order.NEWEST
    scope = f"manage:{person.user_id}:{order}"
    hidden = {} if "status" in chosen else {"status": frozenset({CourseStatus.ARCHIVED.value})}
    asked = Query(
        allowed=clauses_for(person),
        now=clock.now(),
        text=query.get("q", "").strip()[:MAX_QUERY],
        kinds=frozenset({COURSE}),
        filters=chosen,
        without=hidden,
        facets=tuple(PARAMETERS) if can(person, Permission.COURSES_AUTHOR_ALL) else ("status", "state"),
        order=order,
        after=unseal(scope, cursor),
    )
    results = index().search(asked)
    found = store.courses_by_ids([hit.doc_id for hit in results.hits])
    courses = [course for course in found if permissions.can_author(person, course)]
    owners = _top(results.facets.get("author", {}), chosen.get("author", frozenset()))
    names = names_of([*(course.owner_user_id for course in courses), *owners])
    return Listing(
        rows_of(courses, names), results.total, _facets(results, chosen, names), seal(scope, results.position)
    )


def chosen_in(query: QueryDict, person: Person) -> dict[str, frozenset[str]]:
    chosen = {
        field: frozenset(person.user_id if value == "me" else value for value in query.getlist(name)[:50] if value)
        for field, name in PARAMETERS.items()
    }
    return {field: values for field, values in chosen.items() if values}


def rows_of(courses: Sequence[Course], names: Mapping[str, str]) -> list[Row]:
    return [_row(course, names.get(course.owner_user_id) or gettext("Former colleague")) for course in courses]


def _row(course: Course, owner: str) -> Row:
    suite = by_id().get(course.product_suite or "")
    facts = [lessons_label(int(course.lesson_count))]
    if course.version:
        facts.append(gettext("version %d") % int(course.version))
    return Row(
        course_id=course.course_id,
        url=reverse("lms:manage-course", args=[course.course_id]),
        title=course.title,
        facts=" · ".join(facts),
        suite=suite.label if suite else "",
        hue=(suite.color if suite else None) or "slate",
        status=CourseStatus(course.status),
        ready=bool(course.ready_at),
        changed=bool(course.version and course.draft_changed),
        updated_at=course.updated_at,
        owner_name=owner,
        owner_hue=hue(course.owner_user_id),
        owner_initials=initials(owner),
    )


def _facets(results: Results, chosen: Mapping[str, frozenset[str]], names: Mapping[str, str]) -> tuple[Facet, ...]:
    facets = []
    for field, name in PARAMETERS.items():
        counts, checked = results.facets.get(field, {}), chosen.get(field, frozenset())
        choices = tuple(
            Choice(value, _label(field, value, names), counts.get(value, 0), value in checked)
            for value in _top(counts, checked)
        )
        if choices:
            facets.append(Facet(name, gettext(TITLES[field]), choices))
    return tuple(facets)


def _top(counts: Mapping[str, int], checked: frozenset[str]) -> list[str]:
    frequent = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_OWNERS]
    return frequent + sorted(checked.difference(frequent))


def _label(field: str, value: str, names: Mapping[str, str]) -> str:
    if field == "author":
        return names.get(value) or gettext("Former colleague")
    return gettext((COURSE_STATUS_LABELS if field == "status" else STATES).get(value, value))
