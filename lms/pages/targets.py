"""Courses and paths to choose from, found by their words in the derived index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.person import Person
from core import clock
from core.index import index
from core.index.documents import Order, Query
from lms import permissions, store
from lms.documents.courses import COURSE
from lms.documents.paths import PATH
from lms.enums import CourseStatus
from lms.pages.cards import live_facts
from lms.store.paths import paths_by_ids
from lms.words import minutes_label

MAX_TEXT = 100
MOST_SHOWN = 30


@dataclass(frozen=True)
class Choice:
    kind: str
    target_id: str
    title: str
    summary: str
    duration: str
    icon: str
    url: str


def targets_to_choose(person: Person, text: str, *, kinds: Sequence[str] = (PATH, COURSE)) -> list[Choice]:
    """Published ones that she may see: those that were published last, or that match best."""
    query = Query(
        allowed=permissions.clauses_for(person),
        now=clock.now(),
        text=text,
        kinds=frozenset(kinds),
        filters={"status": frozenset({CourseStatus.PUBLISHED.value})},
        order=Order.RELEVANCE if text else Order.NEWEST,
        limit=MOST_SHOWN,
    )
    hits = index().search(query).hits
    ids = {kind: [hit.doc_id for hit in hits if hit.kind == kind] for kind in kinds}
    found = _courses(person, ids.get(COURSE, [])) | _paths(person, ids.get(PATH, []))
    return [found[hit.doc_id] for hit in hits if hit.doc_id in found]


def _courses(person: Person, course_ids: list[str]) -> dict[str, Choice]:
    choices = {}
    for course in store.courses_by_ids(course_ids):
        if course.status == CourseStatus.PUBLISHED and permissions.can_read(person, course):
            live = live_facts(course)
            choices[course.course_id] = _choice(
                COURSE, course.course_id, str(live["title"]), str(live["summary"]), int(live["minutes"])
            )
    return choices


def _paths(person: Person, path_ids: list[str]) -> dict[str, Choice]:
    return {
        path.path_id: _choice(PATH, path.path_id, path.title, path.description, int(path.estimated_duration_minutes))
        for path in paths_by_ids(path_ids)
        if path.status == CourseStatus.PUBLISHED and permissions.can_read(person, path)
    }


def _choice(kind: str, target_id: str, title: str, summary: str, minutes: int) -> Choice:
    icon = "route" if kind == PATH else "graduation-cap"
    return Choice(
        kind, target_id, title, summary, minutes_label(minutes), icon, reverse("lms:assign", args=[kind, target_id])
    )
