"""The assigner's list: filters from the address, one query of the derived index, and what the page shows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.validators import slug_re
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import names_of
from core import clock
from core.index import index
from core.index.documents import Clause, Order, Query
from core.paging import seal, unseal
from lms.documents.assignments import ASSIGNMENT, doc_id, key_of
from lms.due_words import due_in_zone, zone_words
from lms.enums import AssignmentStatus
from lms.models import Assignment, CourseProgress, PathProgress
from lms.rules import dues
from lms.services.assignments import COURSE, PATH
from lms.store.assignments import assignments_by_keys
from lms.store.learning import progress_towards
from metadata.faceted import Chip, Facet, Faceting, Filters, chips_of

Progress = Mapping[tuple[str, str], CourseProgress | PathProgress]
FACETS = ("state", "due")
EVERYTHING = (Clause({}),)
"""For those who may assign: they see all assignments."""

S = AssignmentStatus
STATES: Mapping[str, tuple[str | Promise, str, str]] = {
    # label, tone, icon
    S.ASSIGNED: (_("Not begun"), "", "circle-dashed"),
    S.IN_PROGRESS: (_("In progress"), "info", "circle-dot"),
    S.OVERDUE: (_("Overdue"), "error", "circle-alert"),
    S.COMPLETED: (_("Completed"), "success", "circle-check"),
    S.WAIVED: (_("Waived"), "", "circle-minus"),
    S.CANCELLED: (_("Cancelled"), "", "circle-x"),
}
DUES: Mapping[str, str | Promise] = {
    "past": _("Overdue"),
    "week": _("Within 7 days"),
    "month": _("Within 30 days"),
    "later": _("Later"),
    "none": _("No due date"),
}
LIST = Faceting(
    parameters={"state": "state", "due": "due", "target": "target", "assignee": "who", "assigner": "by"},
    titles={
        "state": "State",
        "due": "Due",
        "target": "Course or path",
        "assignee": "Person",
        "assigner": "Assigned by",
    },
    option_fields={},
    sorts={"title": "Due first", "newest": "Assigned last"},
    ranked={"state": tuple(STATES), "due": tuple(DUES)},
)


@dataclass(frozen=True)
class Row:
    """`key` names it in forms. `due_words` name the zone where it is not the reader's."""

    key: str
    url: str
    person: str
    person_url: str
    title: str
    target: str
    target_url: str
    state: AssignmentStatus
    label: str | Promise
    tone: str
    icon: str
    due_at: datetime | None
    due_words: str
    assigned_at: datetime
    completed_at: datetime | None
    late: bool
    is_open: bool
    percent: int


@dataclass(frozen=True)
class Listing:
    rows: Sequence[Row]
    total: int
    facets: Sequence[Facet]
    more: Sequence[Facet]
    next_cursor: str | None
    with_progress: bool
    zone: str

    def chips(self, query: QueryDict) -> list[Chip]:
        return chips_of([*self.facets, *self.more], query)


def asked(query: QueryDict, person: Person) -> Filters:
    """By due date, unless it is said otherwise: searching for a title is a filter here."""
    found = LIST.asked(query, person.user_id)
    order = found.order if query.get("sort") in LIST.sorts else Order.TITLE
    return Filters(found.text, found.chosen, order)


def listing(person: Person, filters: Filters, cursor: str | None) -> Listing:
    """Raises Refused."""
    require(person, Permission.LEARNING_ASSIGN)
    now = clock.now()
    scope = f"assignments:{person.user_id}:{filters.order}"
    results = index().search(query_for(filters, now, after=unseal(scope, cursor), facets=FACETS))
    found = assignments_by_keys([key_of(hit.doc_id) for hit in results.hits])
    people = [*(one.user_id for one in found), *filters.chosen.get("assignee", ()), *filters.chosen.get("assigner", ())]
    names = names_of(people)
    titles = {one.target: one.title for one in found}

    def label_of(field: str, value: str) -> str:
        if field == "state":
            return str(STATES[S(value)][0]) if value in set(S) else gettext("Unknown")
        if field == "due":
            return str(DUES.get(value, value))
        return titles.get(value) or names.get(value) or gettext("Chosen one")

    facets = LIST.facets_of({field: results.facets.get(field, {}) for field in FACETS}, filters, label_of)
    more = LIST.facets_of({field: {} for field in ("target", "assignee", "assigner")}, filters, label_of)
    # Of one course or path the list is that of its learners, so that how far they are is worth a third request.
    with_progress = "target" in filters.chosen
    progress = progress_towards([(one.user_id, one.target) for one in found]) if with_progress else {}
    rows, here = rows_of(found, names, now, progress), timezone.get_current_timezone_name()
    return Listing(rows, results.total, facets, more, seal(scope, results.position), with_progress, zone_words(here))


def query_for(filters: Filters, now: datetime, *, after: Any, facets: tuple[str, ...] = (), limit: int = 20) -> Query:
    return Query(
        allowed=EVERYTHING,
        now=now,
        text=filters.text,
        kinds=frozenset({ASSIGNMENT}),
        filters=filters.chosen,
        facets=facets,
        order=filters.order,
        limit=limit,
        after=after,
    )


def assign_url(filters: Filters) -> str:
    """To assign what the list is about, or to choose something."""
    targets = filters.chosen.get("target", frozenset())
    kind, _colon, target_id = next(iter(targets), "").partition(":")
    known = len(targets) == 1 and kind in (COURSE, PATH) and slug_re.match(target_id)
    return reverse("lms:assign", args=[kind, target_id]) if known else reverse("lms:assign-what")


def rows_of(found: Sequence[Assignment], names: Mapping[str, str], now: datetime, progress: Progress) -> list[Row]:
    return [_row(one, names, now, progress.get((one.user_id, one.target))) for one in found]


def _row(
    one: Assignment, names: Mapping[str, str], now: datetime, progress: CourseProgress | PathProgress | None
) -> Row:
    state = dues.shown_status(one.status, one.due_at, now)
    label, tone, icon = STATES[state]
    here = reverse("lms:assignments")
    return Row(
        key=doc_id(one.user_id, one.assignment_id),
        url=reverse("lms:assignment", args=[one.user_id, one.assignment_id]),
        person=names.get(one.user_id) or gettext("Former colleague"),
        person_url=f"{here}?who={one.user_id}",
        title=one.title,
        target=one.target,
        target_url=f"{here}?target={one.target}",
        state=state,
        label=label,
        tone=tone,
        icon=icon,
        due_at=one.due_at,
        due_words=due_in_zone(one, timezone.get_current_timezone_name()),
        assigned_at=one.assigned_at,
        completed_at=one.completed_at,
        late=bool(one.late),
        is_open=one.status in dues.OPEN,
        percent=int(progress.progress_percentage) if progress else 0,
    )
