"""The list of courses for those who write them: filters from the address, one query of the derived index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from accounts.permissions import Permission, can
from accounts.person import Person
from accounts.store import names_of
from core import clock
from core.index import index
from core.index.documents import Clause, Query
from core.paging import seal, unseal
from core.templatetags.interface import hue, initials
from lms import permissions, store
from lms.documents.courses import COURSE
from lms.enums import COURSE_STATUS_LABELS, CourseStatus
from lms.models import Course
from lms.words import lessons_label
from metadata.faceted import Chip, Facet, Faceting, Filters, LabelOf, chips_of
from metadata.store import by_id

LIST = Faceting(
    parameters={"state": "state", "status": "status", "product_suite": "suite", "author": "owner"},
    titles={"state": "Needs attention", "status": "Status", "product_suite": "Suite", "author": "Owner"},
    option_fields={"product_suite": "product_suite"},
    sorts={"newest": "Newest first", "title": "Title, A to Z"},
)
STATES = {"ready": "Ready to publish", "changed": "Changed since published"}


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


def asked(query: QueryDict, person: Person) -> Filters:
    return LIST.asked(query, person.user_id)


def listing(person: Person, filters: Filters, cursor: str | None) -> Listing:
    """Archived courses come when they are asked for. One BatchGet for the courses, one for the names."""
    scope = f"manage:{person.user_id}:{filters.order}"
    facets = tuple(name for name in LIST.parameters if name != "author" or can(person, Permission.COURSES_AUTHOR_ALL))
    query = replace(_query(person, filters), facets=facets, after=unseal(scope, cursor))
    results = index().search(query)
    found = store.courses_by_ids([hit.doc_id for hit in results.hits])
    courses = [course for course in found if permissions.can_author(person, course)]
    owners = LIST.named("author", results.facets.get("author", {}), filters)
    names = names_of([*(course.owner_user_id for course in courses), *owners])
    counted = {field: results.facets.get(field, {}) for field in facets}
    return Listing(
        rows=rows_of(courses, names),
        total=results.total,
        facets=LIST.facets_of(counted, filters, _labels_with(names)),
        next_cursor=seal(scope, results.position),
    )


def matching(person: Person, query: QueryDict, most: int) -> list[str]:
    """The ids of what the list at this address shows on all its pages, up to so many."""
    filters = asked(LIST.canonical(query), person)
    return [hit.doc_id for hit in index().search(replace(_query(person, filters), limit=most)).hits]


def _query(person: Person, filters: Filters) -> Query:
    hidden = {} if "status" in filters.chosen else {"status": frozenset({CourseStatus.ARCHIVED.value})}
    return Query(
        allowed=clauses_for(person),
        now=clock.now(),
        text=filters.text,
        kinds=frozenset({COURSE}),
        filters=LIST.in_full(filters.chosen),
        without=hidden,
        order=filters.order,
    )


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


def _labels_with(names: Mapping[str, str]) -> LabelOf:
    """The words for values of fields that are no options; `names` are those of people."""

    def label_of(field: str, value: str) -> str | None:
        if field == "author":
            return names.get(value) or gettext("Former colleague")
        if field == "product_suite":
            return None
        return gettext((COURSE_STATUS_LABELS if field == "status" else STATES).get(value, value))

    return label_of
