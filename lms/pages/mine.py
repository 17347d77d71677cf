"""What is hers to learn: what she has begun, what she was assigned, what she has finished."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from accounts.person import Person
from core import clock
from core.aws.records import BaseRecord
from core.aws.together import Together, read_together
from lms import permissions
from lms.due_words import due_words
from lms.enums import AssignmentStatus, CertificateState, CourseStatus, ProgressStatus
from lms.models import Assignment, Certificate, Course, CourseProgress, Path, PathProgress
from lms.pages.cards import Card, card_of, live_facts, percent_of, state_of
from lms.rules import dues
from lms.services import certificates, learning
from lms.services.assignments import PATH
from lms.store import assignments as assignment_rows
from lms.store import certificates as certificate_rows
from lms.store import learning as rows
from metadata.store import by_id

SHORT = 3
LONG = 20
"""Courses of each list that her page shows; the catalogue has them all, page by page."""
MOST_ASSIGNED = 50
SOON = timedelta(days=7)
"""Before this a due date is a fact, not yet a warning."""


@dataclass(frozen=True)
class Begun:
    """`url` leads to the lesson where she goes on."""

    card: Card
    url: str
    last_at: datetime
    completed_at: datetime | None
    certificate_url: str
    valid_until: datetime | None
    certificate_state: CertificateState | None = None


@dataclass(frozen=True)
class Assigned:
    title: str
    url: str
    is_path: bool
    percent: int
    begun: bool
    overdue: bool
    soon: bool
    due_at: datetime | None
    due_words: str


@dataclass(frozen=True)
class Earned:
    title: str
    url: str
    issued_at: datetime
    valid_until: datetime | None
    state: CertificateState


@dataclass(frozen=True)
class OnPath:
    title: str
    url: str
    percent: int
    completed_at: datetime | None


@dataclass(frozen=True)
class Place:
    """Her own rows: two requests, three with her paths. `shown` are those of `begun` whose courses are looked at.

    `told_to` is somebody else who reads it: what that person may not see is not named.
    """

    person: Person
    begun: Mapping[str, CourseProgress]
    shown: Sequence[CourseProgress]
    assigned: Sequence[Assignment]
    paths: Sequence[PathProgress] = ()
    told_to: Person | None = None

    def may_name(self, thing: Course | Path | None) -> bool:
        return self.told_to is None or (thing is not None and permissions.can_read(self.told_to, thing))

    def of(self, course_id: str) -> CourseProgress | None:
        return self.begun.get(course_id)

    @property
    def left_out(self) -> int:
        return len(self.begun) - len(self.shown)


@dataclass(frozen=True)
class Mine:
    """`certificates` are those that no completed course of the list shows: earlier ones, and of courses begun anew.

    `left_out` counts the courses that she has begun and that stand in neither list.
    """

    going_on: Sequence[Begun]
    assigned: Sequence[Assigned]
    completed: Sequence[Begun]
    paths: Sequence[OnPath]
    certificates: Sequence[Earned] = ()
    left_out: int = 0

    @property
    def anything(self) -> bool:
        return bool(self.going_on or self.assigned or self.completed or self.paths or self.certificates)


def mine(person: Person, *, told_to: Person | None = None) -> Mine:
    """Five requests, however much there is. `told_to` is whoever reads it, where that is not herself."""
    place = replace(place_of(person, with_paths=True), told_to=told_to)
    certified = certificate_rows.certificates_of(person.user_id).items
    asked = wanted(place)
    if told_to:
        asked[Course] = [*asked[Course], *(one.course_id for one in certified)]
    found = read_together(asked)
    named = (one for one in certified if place.may_name(found.get(Course, one.course_id)))
    earned = {one.url: one for one in map(_earned, named)}
    shown = shown_of(place, found)
    completed = [_with_state(one, earned.pop(one.certificate_url, None)) for one in shown.completed]
    return replace(shown, completed=completed, certificates=list(earned.values()))


def _with_state(one: Begun, earned: Earned | None) -> Begun:
    return replace(one, certificate_state=earned.state) if earned else one


def place_of(person: Person, *, with_paths: bool = False, short: bool = False) -> Place:
    """With `short` only what she goes on with first, and is to do first."""
    begun = rows.courses_begun(person.user_id)
    assigned = [one for one in assignment_rows.assignments_of(person.user_id) if one.status in dues.OPEN]
    paths = rows.paths_begun(person.user_id)[:LONG] if with_paths else []
    going_on, completed = ([row for row in begun if bool(row.completed_at) is done] for done in (False, True))
    shown = going_on[:SHORT] if short else [*going_on[:LONG], *completed[:LONG]]
    known = {str(row.course_id): row for row in begun}
    return Place(person, known, shown, assigned[: SHORT if short else MOST_ASSIGNED], paths)


def wanted(place: Place) -> dict[type[BaseRecord], list[Any]]:
    """What has to be read to show it, for `read_together`."""
    courses = [row.course_id for row in place.shown]
    courses += [one.course_id for one in place.assigned if not _is_path(one)]
    assigned = [one.course_id for one in place.assigned if _is_path(one)]
    paths = [row.path_id for row in place.paths] + assigned
    progress = [(place.person.user_id, rows.path_key(path_id)) for path_id in assigned]
    return {Course: courses, Path: paths, PathProgress: progress}


def shown_of(place: Place, found: Together) -> Mine:
    begun = list(_begun(place, found))
    return Mine(
        going_on=[one for one in begun if not one.completed_at],
        completed=[one for one in begun if one.completed_at],
        assigned=list(_assigned(place, found)),
        paths=list(_on_paths(place, found)),
        left_out=place.left_out,
    )


def _begun(place: Place, found: Together) -> Iterator[Begun]:
    options = by_id()
    for row in place.shown:
        course = found.get(Course, row.course_id)
        if course is None or not learning.may_take(place.person, course, row) or not place.may_name(course):
            continue
        certificate = reverse("certificates:certificate", args=[row.certificate_id]) if row.certificate_id else ""
        yield Begun(
            card=card_of(course, row, options),
            url=reverse("lms:continue", args=[course.course_id]),
            last_at=row.last_accessed_at,
            completed_at=row.completed_at,
            certificate_url=certificate,
            valid_until=row.valid_until,
        )


def _assigned(place: Place, found: Together) -> Iterator[Assigned]:
    """What was withdrawn before she began is nowhere to go; whoever assigned it sees that."""
    now = clock.now()
    for one in place.assigned:
        path = found.get(Path, one.course_id) if _is_path(one) else None
        course = None if _is_path(one) else found.get(Course, one.course_id)
        mine = place.of(one.course_id)
        if not place.may_name(path or course):
            continue
        if path and path.status == CourseStatus.PUBLISHED:
            row = found.get(PathProgress, (place.person.user_id, rows.path_key(path.path_id)))
            title, percent = path.title, int(row.progress_percentage) if row else 0
            url = reverse("lms:path", args=[path.path_id])
        elif course and learning.may_take(place.person, course, mine):
            title, percent = str(live_facts(course)["title"]), percent_of(mine)
            url = reverse("lms:course", args=[course.course_id])
        else:
            continue
        yield Assigned(
            title=title,
            url=url,
            is_path=path is not None,
            percent=percent,
            begun=percent > 0 or state_of(mine) != ProgressStatus.NOT_STARTED,
            overdue=dues.shown_status(one.status, one.due_at, now) is AssignmentStatus.OVERDUE,
            soon=bool(one.due_at and one.due_at < now + SOON),
            due_at=one.due_at,
            due_words=due_words(one),
        )


def _on_paths(place: Place, found: Together) -> Iterator[OnPath]:
    """Those that she is still to take stand among what was assigned to her."""
    assigned = {one.course_id for one in place.assigned if _is_path(one)}
    for row in place.paths:
        if row.path_id in assigned:
            continue
        path = found.get(Path, row.path_id)
        if path and path.status in (CourseStatus.PUBLISHED, CourseStatus.UNPUBLISHED) and place.may_name(path):
            percent = 100 if row.completed_at else int(row.progress_percentage)
            yield OnPath(path.title, reverse("lms:path", args=[path.path_id]), percent, row.completed_at)


def _earned(one: Certificate) -> Earned:
    return Earned(
        title=one.title,
        url=reverse("certificates:certificate", args=[one.certificate_id]),
        issued_at=one.issued_at,
        valid_until=one.valid_until,
        state=certificates.state_of(one, clock.now()),
    )


def _is_path(one: Assignment) -> bool:
    return str(one.target).startswith(f"{PATH}:")
