"""Courses as forms offer them: those that a person may read, found as the search finds them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from accounts.person import Person
from core import clock
from core.index import index
from core.index.documents import Query
from core.picker import Choice, Found
from lms import permissions, store
from lms.documents.courses import COURSE
from lms.enums import COURSE_STATUS_LABELS, CourseStatus
from lms.models import Course
from metadata.store import by_id

_IN_ADDRESS = re.compile(r"/(?:courses|manage)/([0-9a-z][0-9a-z_-]{5,})(?:[/?#]|$)")


@dataclass(frozen=True)
class CourseSource:
    person: Person
    without: str = ""

    @property
    def url(self) -> str:
        return reverse("lms:pick")

    def found(self, text: str, most: int) -> Found:
        """One request. An address that was pasted is as good as a title."""
        if not text:
            return Found(more=True)
        pasted = _IN_ADDRESS.search(text)
        hits, total = ([pasted[1]], 1) if pasted else self._hits(text, most)
        return Found([_choice_of(course) for course in self._usable(hits)], more=total > most)

    def named(self, values: Sequence[str], kept: Collection[str]) -> Mapping[str, Choice]:
        """What stood there before and is hidden from her is offered without its name: saving does not lose it."""
        gone = gettext("A course that is gone, or not open to you")
        before = {value: Choice(value, gone) for value in values if value in kept}
        return before | {course.course_id: _choice_of(course) for course in self._usable(values)}

    def _hits(self, text: str, most: int) -> tuple[list[str], int]:
        allowed = permissions.clauses_for(self.person)
        query = Query(allowed=allowed, now=clock.now(), text=text, kinds=frozenset({COURSE}), limit=most)
        found = index().search(query)
        return [hit.doc_id for hit in found.hits], found.total

    def _usable(self, course_ids: Sequence[str]) -> list[Course]:
        courses = store.courses_by_ids(list(course_ids))
        return [one for one in courses if one.course_id != self.without and permissions.can_read(self.person, one)]


def _choice_of(course: Course) -> Choice:
    """What learners do not find says so."""
    told, status = str(course.title), course.status
    if status != CourseStatus.PUBLISHED:
        told = f"{told} ({COURSE_STATUS_LABELS.get(status, status)})"
    suite = by_id().get(course.product_suite or "")
    return Choice(course.course_id, told, suite.label if suite else "", (suite.color if suite else None) or "")
