"""What the people of a page are still to do, named as far as whoever looks at it may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.person import Person
from core import clock
from core.aws.together import Together, read_together
from core.index import index
from core.index.documents import Order, Query
from lms import permissions
from lms.documents.assignments import ASSIGNMENT, key_of
from lms.due_words import due_words
from lms.enums import AssignmentStatus as S
from lms.models import Assignment, Course, CourseProgress, Path, PathProgress
from lms.pages.assigned import EVERYTHING
from lms.pages.cards import live_facts, percent_of
from lms.rules import dues
from lms.services.assignments import PATH
from lms.store.assignments import assignments_by_keys
from lms.store.learning import course_key, path_key

_MOST, _OF_EACH = 500, 3
_OPEN = frozenset({S.ASSIGNED.value, S.IN_PROGRESS.value, S.OVERDUE.value})


@dataclass(frozen=True)
class Open:
    """`title` is empty where the reader may not see what it is."""

    title: str
    percent: int
    overdue: bool
    due_at: datetime | None
    due_words: str


def open_of(user_ids: Sequence[str], viewer: Person) -> Mapping[str, Sequence[Open]]:
    """The first of each that are due: two requests, and one of the index."""
    found = assignments_by_keys(_first_of_each(user_ids)) if user_ids else []
    things = read_together(_wanted(found))
    opened: dict[str, list[Open]] = {}
    for one in found:
        if one.status in dues.OPEN:
            opened.setdefault(one.user_id, []).append(_open(one, things, viewer))
    return opened


def _first_of_each(user_ids: Sequence[str]) -> list[tuple[str, str]]:
    query = Query(
        allowed=EVERYTHING,
        now=clock.now(),
        kinds=frozenset({ASSIGNMENT}),
        filters={"assignee": frozenset(user_ids), "state": _OPEN},
        order=Order.TITLE,
        limit=_MOST,
    )
    of_each: dict[str, list[tuple[str, str]]] = {}
    for hit in index().search(query).hits:
        key = key_of(hit.doc_id)
        of_each.setdefault(key[0], []).append(key)
    return [key for keys in of_each.values() for key in keys[:_OF_EACH]]


def _is_path(one: Assignment) -> bool:
    return str(one.target).startswith(f"{PATH}:")


def _wanted(found: Sequence[Assignment]) -> dict[type, list[object]]:
    courses, paths = ([one for one in found if _is_path(one) is wanted] for wanted in (False, True))
    return {
        Course: [one.course_id for one in courses],
        Path: [one.course_id for one in paths],
        CourseProgress: [(one.user_id, course_key(one.course_id)) for one in courses],
        PathProgress: [(one.user_id, path_key(one.course_id)) for one in paths],
    }


def _open(one: Assignment, things: Together, viewer: Person) -> Open:
    title, percent = "", 0
    if _is_path(one):
        path = things.get(Path, one.course_id)
        walked = things.get(PathProgress, (one.user_id, path_key(one.course_id)))
        percent = int(walked.progress_percentage) if walked else 0
        title = path.title if path and permissions.can_read(viewer, path) else ""
    else:
        course = things.get(Course, one.course_id)
        percent = percent_of(things.get(CourseProgress, (one.user_id, course_key(one.course_id))))
        title = str(live_facts(course)["title"]) if course and permissions.can_read(viewer, course) else ""
    overdue = dues.is_overdue(one.status, one.due_at, clock.now())
    return Open(title, percent, overdue, one.due_at, due_words(one))
